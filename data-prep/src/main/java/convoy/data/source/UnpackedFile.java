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
 * Whole files that gzip has packed, because gzip has no random access. The tasks of this process
 * share them as long as there is memory.
 */
final class UnpackedFile {
  /** CIFAR-10 has 184 MB and MNIST 47. The user must unpack a larger file to a disk. */
  static final int MAX_BYTES = 1 << 30;

  private static final int FIRST_BYTES = 1 << 20;
  private static final Map<String, SoftReference<byte[]>> FILES = new HashMap<>();

  private UnpackedFile() {}

  /**
   * Returns the bytes, which no caller may change.
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

  /**
   * Reads into a buffer that grows with the content, so a wrong size in a damaged file costs
   * nothing.
   */
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

  /** Fails if a file is too large to be unpacked in memory. */
  static void requireFitting(Path path, long bytes) throws SourceException {
    if (bytes > MAX_BYTES) {
      throw new SourceException(
          "%s unpacks to more than %,d bytes, too many to unpack in memory: gunzip it"
              .formatted(path, MAX_BYTES));
    }
  }
}
