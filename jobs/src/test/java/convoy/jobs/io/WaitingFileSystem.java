package convoy.jobs.io;

import convoy.data.files.LocalDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;

/**
 * The local file system, where one file does not get its name before another one has: the process
 * must write the second one meanwhile.
 */
public final class WaitingFileSystem extends LocalDisk {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SETTING = "spark.hadoop.fs.file.impl";
  private static volatile String held;
  private static volatile String expected;
  private static volatile CountDownLatch created;
  private static volatile boolean refusing;

  /**
   * Lets all commands of this process use it.
   *
   * @param held a part of the path of the file that waits
   * @param expected a part of the path of the file that it waits for
   */
  public static void install(String held, String expected) {
    WaitingFileSystem.held = held;
    WaitingFileSystem.expected = expected;
    created = new CountDownLatch(1);
    refusing = false;
    System.setProperty(SETTING, WaitingFileSystem.class.getName());
    System.setProperty(SETTING + ".disable.cache", "true");
  }

  /** The file that would wait can not be written. */
  public static void refuse() {
    refusing = true;
  }

  public static void uninstall() {
    System.clearProperty(SETTING);
    System.clearProperty(SETTING + ".disable.cache");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (to.toString().contains(held) && refusing) {
      throw new IOException("refused: " + to);
    } else if (to.toString().contains(held)) {
      await(to);
    } else if (to.toString().contains(expected)) {
      created.countDown();
    }

    return super.rename(from, to);
  }

  private static void await(Path path) throws IOException {
    try {
      if (!created.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("no " + expected + " was written while " + path + " waited");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
