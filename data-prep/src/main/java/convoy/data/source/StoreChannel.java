package convoy.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A part of a file of any store, to be read by position; the stream stays its opener's. */
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
    if (in.getPos() != start + position) {
      in.seek(start + position);
    }

    int count = in.read(bytes, 0, bytes.length);
    if (count < 0) {
      throw new EOFException("the file became shorter while it was read");
    }

    target.put(bytes, 0, count);
    position += count;
    return count;
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
    // Its opener closes the stream.
  }
}
