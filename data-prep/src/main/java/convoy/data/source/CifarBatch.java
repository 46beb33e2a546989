package convoy.data.source;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A batch file of CIFAR-10, or its place in the archive.
 *
 * @param name such as {@code data_batch_1.bin}
 * @param start in the unpacked archive
 */
record CifarBatch(Path path, String name, long start, long bytes) implements Serializable {
  private static final String PACKED = ".tar.gz";
  private static final List<String> ALL =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin",
          "test_batch.bin");

  /** Finds the batches of these files and adds a warning about missing ones. */
  static List<CifarBatch> find(Configuration configuration, InputFiles files, Findings found)
      throws IOException {
    List<CifarBatch> batches = new ArrayList<>();
    for (Path path : files.ending(".bin")) {
      if (isWanted(path.getName())) {
        long bytes = SourceFiles.of(configuration, path).getFileStatus(path).getLen();
        batches.add(new CifarBatch(path, path.getName(), 0, bytes));
      }
    }

    for (Path tar : files.ending(".tar")) {
      addAll(tar, TarIndex.of(configuration, tar), batches, found);
    }

    for (Path tar : files.ending(PACKED)) {
      byte[] unpacked = UnpackedFile.of(SourceFiles.of(configuration, tar), tar);
      var channel = new SeekableInMemoryByteChannel(unpacked);
      addAll(tar, TarIndex.of(channel, tar.toString(), 0), batches, found);
    }

    TreeSet<String> absent = new TreeSet<>(ALL);
    batches.forEach(batch -> absent.remove(batch.name()));
    if (!batches.isEmpty() && !absent.isEmpty()) {
      found.warn(
          "%d of CIFAR-10's %d batches are not there: %s"
              .formatted(absent.size(), ALL.size(), String.join(", ", absent)));
    }

    return batches;
  }

  private static void addAll(
      Path tar, List<TarIndex.Entry> entries, List<CifarBatch> batches, Findings found)
      throws SourceException {
    for (TarIndex.Entry entry : entries) {
      if (isWanted(entry.lastName()) && entry.isReadable()) {
        batches.add(new CifarBatch(tar, entry.lastName(), entry.index(), entry.bytes()));
      } else if (isWanted(entry.lastName())) {
        found.warn(
            tar + " has " + entry.name() + " as a link, or under a name that leads out: not read");
      } else {
        requireKnown(tar, entry);
      }
    }
  }

  /** Fails for the other forms of CIFAR, which a renamed archive may hold. */
  private static void requireKnown(Path tar, TarIndex.Entry entry) throws SourceException {
    if (entry.name().matches("(.*/)?cifar-100-[^/]*/.*")) {
      throw new SourceException(tar + " is CIFAR-100: " + CifarSource.NO_CIFAR_100);
    }

    if (entry.lastName().matches("data_batch_\\d")) {
      throw new SourceException(tar + " is " + CifarSource.PYTHON);
    }
  }

  private static boolean isWanted(String name) {
    return name.matches("(data_batch_\\d+|test_batch)\\.bin");
  }

  static boolean isPacked(String file) {
    return file.endsWith(PACKED);
  }

  /** Opens its records, from the first one on. */
  DataInputStream open(Configuration configuration) throws IOException {
    FileSystem store = SourceFiles.of(configuration, path);
    if (isPacked(path.getName())) {
      byte[] unpacked = UnpackedFile.of(store, path);
      return new DataInputStream(new ByteArrayInputStream(unpacked, (int) start, (int) bytes));
    }

    FSDataInputStream in = store.open(path);
    in.seek(start);
    return in;
  }
}
