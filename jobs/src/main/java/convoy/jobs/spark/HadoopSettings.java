package convoy.jobs.spark;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The Hadoop configuration as it travels from the driver to the tasks: a fresh one in a task would
 * lose every {@code --conf spark.hadoop.*}. The only place that makes a Configuration.
 */
public final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private transient Configuration configuration;

  private HadoopSettings(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Of a running session: {@code sparkContext.hadoopConfiguration()}. */
  public static HadoopSettings of(Configuration configuration) {
    return new HadoopSettings(configuration);
  }

  /** For commands that need files but no Spark. */
  public static HadoopSettings local() {
    return new HadoopSettings(new Configuration());
  }

  public Configuration configuration() {
    return configuration;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    configuration.write(out);
  }

  private void readObject(ObjectInputStream in) throws IOException {
    configuration = new Configuration(false);
    configuration.readFields(in);
  }
}
