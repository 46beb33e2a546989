package convoy.jobs.train;

import convoy.data.files.LocalDisk;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.Path;

/** A local disk whose renames take so long that another process looks meanwhile. */
public final class SlowRenames extends LocalDisk {
  /** The setting of the milliseconds before each rename, and again after it. */
  static final String MILLIS = "convoy.test.rename.millis";

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    pause();
    boolean renamed = super.rename(from, to);
    pause();
    return renamed;
  }

  private void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(getConf().getLong(MILLIS, 0)));
  }
}
