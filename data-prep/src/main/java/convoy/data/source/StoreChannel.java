package convoy.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * A part of a file in any store, read by position. The caller who opened the stream closes it. A
 * read fills its target unless the part ends: reading a tar relies on that, while a store may
 * return less at a time.
 *
 * <p>A failure of the store is an {@link UncheckedIOException}, so that it isn't taken for a
 * damaged tar.
 */
final class StoreChannel implements SeekableByteChannel {
  private final FSDataInputStream in;
  private final long start;
  private final long size;
  private long position;

  StoreChannel(FSDataInputStream in, long start, long size) {
    this.in = in;
    this.start = start;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= size) {
      return -1;
    }

    byte[] bytes = new byte[(int) Math.min(target.remaining(), size - position)];
    if (fill(bytes) < bytes.length) {
      throw new EOFException("the file became shorter while it was read");
    }

    target.put(bytes);
    position += bytes.length;
    return bytes.length;
  }

  private int fill(byte[] bytes) {
    try {
      if (in.getPos() != start + position) {
        in.seek(start + position);
      }

      return in.readNBytes(bytes, 0, bytes.length);
    } catch (IOException trouble) {
      throw new UncheckedIOException(trouble);
    }
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long wanted) {
    position = wanted;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long wanted) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {
    // The caller who opened the stream closes it.
  }
}
