package convoy.jobs.train;

import convoy.jobs.base.Failure;
import convoy.jobs.io.Progress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/** Ctrl-C and SIGTERM while a run trains: what is lost is at most the round that runs. */
final class StopHook {
  /** Before Spark's and Hadoop's own hooks, which take the file system away. */
  private static final int BEFORE_SPARK = 100;

  /** A checkpoint of VGG-16 is 1.1 GB; Hadoop's own limit is 30 s. */
  private static final int HOOK_MINUTES = 5;

  private final Runnable hook;

  private StopHook(Runnable hook) {
    this.hook = hook;
  }

  /** Keeps the journal's last round when the process is stopped before {@link #remove}. */
  static StopHook of(RunJournal journal) {
    Runnable hook = () -> keepLastRound(journal);
    ShutdownHookManager.get().addShutdownHook(hook, BEFORE_SPARK, HOOK_MINUTES, TimeUnit.MINUTES);
    return new StopHook(hook);
  }

  private static void keepLastRound(RunJournal journal) {
    String line;
    try {
      line = journal.stop();
    } catch (IOException | RuntimeException problem) {
      line = "stopped, the last round was not kept: " + Failure.of(problem).message();
    }

    // The logger may be closed by now.
    System.err.println((Progress.isTerminal() ? "\n" : "") + "convoy train: " + line);
  }

  /** The run has ended by itself; where the process stops, the hook is at work or has been. */
  void remove() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
