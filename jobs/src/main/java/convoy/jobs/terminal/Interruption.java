package convoy.jobs.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What happens when Ctrl-C or SIGTERM ends a command: its work is kept, one line says how to
 * continue, and nothing that Spark or a dying task writes follows.
 */
public final class Interruption {
  /** Before the hooks of Spark and Hadoop, which close sessions and file systems. */
  private static final int BEFORE_SPARK = 100;

  /** Time limit: a checkpoint of VGG-16 has 1.1 GB, and Hadoop's own limit is 30 s. */
  private static final int HOOK_MINUTES = 5;

  /** How scripts/convoy was called, up to the command. */
  private static final String LAUNCHER = "CONVOY_LAUNCHER";

  private static Interruption current;

  private final String command;
  private final Runnable hook = this::stop;
  private List<String> arguments;
  private Supplier<String> work = () -> "stopped";

  private Interruption(String command, List<String> arguments) {
    this.command = command;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Runs a command that may be interrupted.
   *
   * @param command such as {@code convoy train}
   * @param arguments the command line from the command's name on
   */
  public static <T> T during(String command, List<String> arguments, Callable<T> work)
      throws Exception {
    Interruption interruption = new Interruption(command, arguments);
    current = interruption;
    ShutdownHookManager hooks = ShutdownHookManager.get();
    hooks.addShutdownHook(interruption.hook, BEFORE_SPARK, HOOK_MINUTES, TimeUnit.MINUTES);
    try {
      return work.call();
    } finally {
      if (!isStopping()) {
        hooks.removeShutdownHook(interruption.hook);
      }
    }
  }

  /** Whether the process is being stopped, so that errors of its tasks mean nothing. */
  public static boolean isStopping() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  /**
   * From now on an interruption runs {@code work} first.
   *
   * @param work keeps what was done, and returns words such as {@code stopped after round 7}
   */
  public static void keeps(Supplier<String> work) {
    if (current != null) {
      current.set(work, null);
    }
  }

  /** From now on the command to continue with has these arguments, from its name on. */
  public static void continueWithOnly(List<String> arguments) {
    if (current != null) {
      current.set(null, arguments);
    }
  }

  /** From now on the command to continue with has this flag too. */
  public static void continueWith(String flag) {
    if (current != null && !current.arguments.contains(flag)) {
      List<String> more = new ArrayList<>(current.arguments);
      more.add(flag);
      current.set(null, more);
    }
  }

  /** From now on the command to continue with has no such flag, as its effect has begun. */
  public static void continueWithout(String flag) {
    if (current != null) {
      current.set(
          null, current.arguments.stream().filter(argument -> !argument.equals(flag)).toList());
    }
  }

  private synchronized void set(Supplier<String> newWork, List<String> newArguments) {
    work = newWork == null ? work : newWork;
    arguments = newArguments == null ? arguments : List.copyOf(newArguments);
  }

  private void stop() {
    Supplier<String> first;
    synchronized (this) {
      first = work;
    }

    String words = first.get();
    Screen.ofProcess()
        .end(
            command
                + ": "
                + words
                + "; continue with: "
                + line(System.getenv(LAUNCHER), arguments));
  }

  static String line(String launcher, List<String> arguments) {
    List<String> words = new ArrayList<>();
    words.add(launcher == null || launcher.isBlank() ? "convoy" : launcher.strip());
    arguments.forEach(argument -> words.add(quoted(argument)));
    return String.join(" ", words);
  }

  /** A word as a shell reads it. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
