package convoy.data.dataset;

import convoy.data.files.Storage;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * A file that computes its size and SHA-256 while it is written, so the manifest needs no second
 * read.
 */
final class HashingOutputFile implements OutputFile, Closeable {
  private final Configuration configuration;
  private final Path path;
  private final MessageDigest digest = Sha256.digest();
  private long bytes;
  private HashingStream stream;
  private ByteArrayOutputStream tail;

  HashingOutputFile(Configuration configuration, Path path) {
    this.configuration = configuration;
    this.path = path;
  }

  long bytes() {
    return bytes;
  }

  /**
   * Returns the hash in lower-case hexadecimal. The caller calls this once, after closing the file.
   */
  String sha256() {
    return Sha256.hex(digest);
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return createOrOverwrite(blockSizeHint);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    stream = new HashingStream(Storage.of(configuration, path).create(path, true));
    return stream;
  }

  /** Closes a file that nobody needs any more. */
  @Override
  public void close() throws IOException {
    tail = null;
    if (stream != null) {
      stream.close();
    }
  }

  /**
   * Row groups are cut by examples and never padded to a store's block, because padding would make
   * the bytes depend on the store.
   */
  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Holds back all further bytes, which are the end of the file, until the stream is closed. */
  void holdTail() {
    tail = new ByteArrayOutputStream();
  }

  private final class HashingStream extends PositionOutputStream {
    private final OutputStream out;

    HashingStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return bytes;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
      bytes += length;
      if (tail == null) {
        writeThrough(data, offset, length);
      } else {
        tail.write(data, offset, length);
      }
    }

    private void writeThrough(byte[] data, int offset, int length) throws IOException {
      out.write(data, offset, length);
      digest.update(data, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      try (out) {
        if (tail != null) {
          byte[] sorted = ShardFooter.sorted(tail.toByteArray());
          tail = null;
          writeThrough(sorted, 0, sorted.length);
        }
      }
    }
  }
}
