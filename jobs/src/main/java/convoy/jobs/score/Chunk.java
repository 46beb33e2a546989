package convoy.jobs.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one part, scored by one task.
 *
 * @param part number of the part they become
 */
record Chunk(int part, List<InputFile> files) implements Serializable {
  /** Enough rows to be worth a file, few enough to be done again when an executor is lost. */
  static final int MOST_FILES = 2000;

  private static final int FEWEST_FILES = 64;
  private static final long MOST_BYTES = 1L << 30;

  /** Chunks a slot: the last ones to finish leave little idle. */
  private static final int CHUNKS_PER_SLOT = 4;

  /** Files of a chunk, so that every slot of the cluster has work. */
  static int size(int files, int slots) {
    int even = files / (Math.max(1, slots) * CHUNKS_PER_SLOT) + 1;
    return Math.max(FEWEST_FILES, Math.min(MOST_FILES, even));
  }

  /**
   * Cuts files into chunks in their order, each at most {@code size} files and (but for a single
   * larger file) 1 GiB.
   *
   * @param parts the part numbers to use, as many as files at most
   */
  static List<Chunk> cut(List<InputFile> files, int size, Iterable<Integer> parts) {
    List<Chunk> chunks = new ArrayList<>();
    var numbers = parts.iterator();
    int from = 0;
    long bytes = 0;
    for (int k = 0; k < files.size(); k++) {
      long length = files.get(k).length();
      if (k > from && (k - from == size || bytes + length > MOST_BYTES)) {
        chunks.add(new Chunk(numbers.next(), new ArrayList<>(files.subList(from, k))));
        from = k;
        bytes = 0;
      }

      bytes += length;
    }

    if (from < files.size()) {
      chunks.add(new Chunk(numbers.next(), new ArrayList<>(files.subList(from, files.size()))));
    }

    return chunks;
  }
}
