package convoy.data.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** Where a listing runs: what asks the store a million times is cut into parts, for any machine. */
public interface ListingTasks {
  /** Of this machine. */
  Configuration configuration();

  /**
   * Runs a task over parts.
   *
   * @return the results in the order of the parts
   * @throws SourceException of the first part that threw one
   */
  <T extends Serializable, R extends Serializable> List<R> map(List<T> parts, Task<T, R> task)
      throws IOException;

  /** Of one part. It travels: it holds nothing but values. */
  @FunctionalInterface
  interface Task<T, R> extends Serializable {
    /** Runs with the configuration of the machine it came to. */
    R run(Configuration configuration, T part) throws IOException;
  }

  /** One part after the other, on this thread. */
  static ListingTasks here(Configuration configuration) {
    return new ListingTasks() {
      @Override
      public Configuration configuration() {
        return configuration;
      }

      @Override
      public <T extends Serializable, R extends Serializable> List<R> map(
          List<T> parts, Task<T, R> task) throws IOException {
        List<R> results = new ArrayList<>(parts.size());
        for (T part : parts) {
          results.add(task.run(configuration, part));
        }

        return results;
      }
    };
  }
}
