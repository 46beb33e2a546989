package convoy.jobs.train;

import convoy.jobs.base.Failure;
import convoy.jobs.io.Progress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/** Saves a run when Ctrl-C or SIGTERM stops it: at most the current round is lost. */
final class StopHook {
  /** Runs this hook before those of Spark and Hadoop, which close the file system. */
  private static final int BEFORE_SPARK = 100;

  /** Time limit: a checkpoint of VGG-16 has 1.1 GB, and Hadoop's own limit is 30 s. */
  private static final int HOOK_MINUTES = 5;

  private final Runnable hook;

  private StopHook(Runnable hook) {
    this.hook = hook;
  }

  /** Saves the journal's last round if the process is stopped before {@link #remove}. */
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
      line = "stopped, and the last round was not kept: " + Failure.of(problem).message();
    }

    // The logger may already be closed.
    System.err.println((Progress.isTerminal() ? "\n" : "") + "convoy train: " + line);
  }

  /** Removes the hook after the run has ended, unless the process is already stopping. */
  void remove() {
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
