package convoy.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;

/** The images of an IDX file by index. One thread uses it. */
interface IdxImages extends Closeable {
  IdxFile file();

  byte[] read(long index) throws IOException;

  static IdxImages open(FileSystem files, IdxFile file) throws IOException {
    return file.packed()
        ? new Packed(file, UnpackedFile.of(files, file.path()))
        : new Plain(file, files);
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

  /** Holds the whole file in memory. */
  @SuppressWarnings("ArrayRecordComponent") // The record is never compared.
  record Packed(IdxFile file, byte[] unpacked) implements IdxImages {
    @Override
    public byte[] read(long index) throws IOException {
      long from = file.headerBytes() + index * file.itemBytes();
      long end = from + file.itemBytes();
      if (end > unpacked.length) {
        throw new SourceException(file.path() + " became shorter while it was read");
      }

      return Arrays.copyOfRange(unpacked, (int) from, (int) end);
    }

    @Override
    public void close() {
      // The memory is freed after the last task, when the garbage collector needs it.
    }
  }
}
