package convoy.jobs.score;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one part, scored by one task.
 *
 * @param part number of the part that gets their rows
 */
record Chunk(int part, List<InputFile> files) implements Serializable {
  /**
   * Enough rows for a file of their own, and few enough to repeat after the loss of an executor.
   */
  static final int MOST_FILES = 2000;

  private static final int FEWEST_FILES = 64;
  private static final long MOST_BYTES = 1L << 30;

  /** Several chunks for each slot, so that few slots are idle near the end. */
  private static final int CHUNKS_PER_SLOT = 4;

  /** The number of files in a chunk with which every slot of the cluster has work. */
  static int size(int files, int slots) {
    int even = files / (Math.max(1, slots) * CHUNKS_PER_SLOT) + 1;
    return Math.max(FEWEST_FILES, Math.min(MOST_FILES, even));
  }

  /**
   * Cuts files into chunks in their order. A chunk has at most {@code size} files and 1 GiB, unless
   * a single file is larger.
   *
   * @param parts part numbers to use; at most as many are taken as there are files
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
