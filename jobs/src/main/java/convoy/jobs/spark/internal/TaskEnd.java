package convoy.jobs.spark.internal;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The end of the Spark task that this thread runs. */
public final class TaskEnd {
  private TaskEnd() {}

  /**
   * Runs {@code action} in the task's own thread when the task ends, however it ends. Outside a
   * task nothing is registered.
   */
  public static void run(Runnable action) {
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) ended -> action.run());
    }
  }
}
