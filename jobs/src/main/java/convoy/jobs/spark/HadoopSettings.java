package convoy.jobs.spark;

import convoy.jobs.spark.internal.PrefixedSettings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

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

  /** Before a session, or for commands that need no Spark: with {@code spark.hadoop.*} too. */
  public static HadoopSettings local() {
    Configuration configuration = new Configuration();
    PrefixedSettings.of(new SparkConf(), "spark.hadoop.").forEach(configuration::set);
    return new HadoopSettings(configuration);
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
