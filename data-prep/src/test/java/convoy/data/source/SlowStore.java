package convoy.data.source;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Serves local files as a remote store does, at {@code slow:/...}: at most a hundred bytes for each
 * call, and sometimes an event before a read.
 */
public final class SlowStore extends RawLocalFileSystem {
  private static final int BYTES_A_CALL = 100;
  private static final Event NOTHING = file -> {};
  private static Event next = NOTHING;

  /** An event before a read. */
  interface Event {
    void happen(Path file) throws IOException;
  }

  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.slow.impl", SlowStore.class.getName());
    return configuration;
  }

  static org.apache.hadoop.fs.Path path(Path file) {
    return new org.apache.hadoop.fs.Path("slow:" + file.toAbsolutePath());
  }

  /** Sets an event that happens once, before the next read of any file. */
  static void beforeTheNextRead(Event event) {
    next = event;
  }

  @Override
  public URI getUri() {
    return URI.create("slow:///");
  }

  @Override
  public FSDataInputStream open(org.apache.hadoop.fs.Path path, int buffer) throws IOException {
    return new FSDataInputStream(
        new Slow(super.open(path, buffer), Path.of(path.toUri().getPath())));
  }

  private static final class Slow extends FSInputStream {
    private final FSDataInputStream in;
    private final Path file;

    Slow(FSDataInputStream in, Path file) {
      this.in = in;
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      Event event = next;
      next = NOTHING;
      event.happen(file);
      return in.read(bytes, from, Math.min(length, BYTES_A_CALL));
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
