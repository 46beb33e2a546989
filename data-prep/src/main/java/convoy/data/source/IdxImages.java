package convoy.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/** Images of an IDX file by index. One thread. */
interface IdxImages extends Closeable {
  IdxFile file();

  byte[] read(long index) throws IOException;

  static IdxImages open(FileSystem files, IdxFile file) throws IOException {
    return file.packed() ? new Packed(file, Unpacked.of(files, file)) : new Plain(file, files);
  }

  /** Reads each image from its place. */
  final class Plain implements IdxImages {
    private final IdxFile file;
    private final FSDataInputStream in;

    Plain(IdxFile file, FileSystem files) throws IOException {
      this.file = file;
      this.in = files.open(file.path());
    }

    @Override
    public IdxFile file() {
      return file;
    }

    @Override
    public byte[] read(long index) throws IOException {
      byte[] image = new byte[file.itemBytes()];
      in.readFully(file.headerBytes() + index * file.itemBytes(), image);
      return image;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** Gzip has no random access: all images in memory, shared by the tasks of this process. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Packed(IdxFile file, byte[] values) implements IdxImages {
    @Override
    public byte[] read(long index) {
      int from = Math.toIntExact(index * file.itemBytes());
      return Arrays.copyOfRange(values, from, from + file.itemBytes());
    }

    @Override
    public void close() {
      // The memory goes when the last task is done and the collector needs it.
    }
  }

  /** Unpacked files of this process, as long as memory lasts. */
  final class Unpacked {
    private static final Map<String, SoftReference<byte[]>> FILES = new HashMap<>();

    private Unpacked() {}

    static byte[] of(FileSystem files, IdxFile file) throws IOException {
      FileStatus status = files.getFileStatus(file.path());
      String key = status.getPath() + " " + status.getLen() + " " + status.getModificationTime();
      synchronized (FILES) {
        SoftReference<byte[]> kept = FILES.get(key);
        byte[] values = kept == null ? null : kept.get();
        if (values == null) {
          values = file.readAll(files);
          FILES.put(key, new SoftReference<>(values));
        }

        return values;
      }
    }
  }
}
