package convoy.data.source;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Files that gzip packs, whole: it has no random access. Shared by the tasks of this process, as
 * long as memory lasts.
 */
final class UnpackedFile {
  /** CIFAR-10 has 184 MB and MNIST 47; more is unpacked by its owner, onto a disk. */
  static final int MAX_BYTES = 1 << 30;

  private static final int FIRST_BYTES = 1 << 20;
  private static final Map<String, SoftReference<byte[]>> FILES = new HashMap<>();

  private UnpackedFile() {}

  /**
   * The bytes, which nobody may change.
   *
   * @throws SourceException for more than {@link #MAX_BYTES}, or a damaged file
   */
  static byte[] of(FileSystem files, Path path) throws IOException {
    FileStatus status;
    try {
      status = files.getFileStatus(path);
    } catch (FileNotFoundException absent) {
      throw new SourceException(path + " doesn't exist", absent);
    }

    String key = status.getPath() + " " + status.getLen() + " " + status.getModificationTime();
    synchronized (FILES) {
      SoftReference<byte[]> kept = FILES.get(key);
      byte[] bytes = kept == null ? null : kept.get();
      if (bytes == null) {
        bytes = read(files, path);
        FILES.put(key, new SoftReference<>(bytes));
      }

      return bytes;
    }
  }

  /** Grows with what there is: a size that a damaged file states costs nothing. */
  private static byte[] read(FileSystem files, Path path) throws IOException {
    try (InputStream raw = new BufferedInputStream(files.open(path), 1 << 16);
        InputStream in = new GZIPInputStream(raw, 1 << 16)) {
      byte[] bytes = new byte[FIRST_BYTES];
      int count = in.readNBytes(bytes, 0, bytes.length);
      while (count == bytes.length) {
        int next = in.read();
        if (next < 0) {
          return bytes;
        }

        requireFitting(path, count + 1L);
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * bytes.length, MAX_BYTES));
        bytes[count++] = (byte) next;
        count += in.readNBytes(bytes, count, bytes.length - count);
      }

      return Arrays.copyOf(bytes, count);
    } catch (EOFException | ZipException damaged) {
      throw new SourceException(path + " ends too early or is damaged: fetch it again", damaged);
    }
  }

  /** Fails for what is too large to be unpacked in memory. */
  static void requireFitting(Path path, long bytes) throws SourceException {
    if (bytes > MAX_BYTES) {
      throw new SourceException(
          "%s unpacks to more than %,d bytes, which isn't done in memory: gunzip it"
              .formatted(path, MAX_BYTES));
    }
  }
}
