package convoy.data.input;

import java.util.concurrent.ThreadFactory;

/** Creates threads that do not keep a process alive. */
final class InputThreads {
  static final ThreadFactory NAMED = named("convoy-input");

  private InputThreads() {}

  static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
