package convoy.data.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * Runs the parts of a listing. Work with millions of requests to a store is cut into parts that any
 * machine can do.
 */
public interface ListingTasks {
  /** Returns the configuration of this machine. */
  Configuration configuration();

  /**
   * Runs a task over parts.
   *
   * @return the results in the order of the parts
   * @throws SourceException of the first part that threw one
   */
  <T extends Serializable, R extends Serializable> List<R> map(List<T> parts, Task<T, R> task)
      throws IOException;

  /** The work for one part. It travels, so it holds only values. */
  @FunctionalInterface
  interface Task<T, R> extends Serializable {
    /** Runs with the configuration of the machine that does the work. */
    R run(Configuration configuration, T part) throws IOException;
  }

  /** Runs one part after the other on this thread. */
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
