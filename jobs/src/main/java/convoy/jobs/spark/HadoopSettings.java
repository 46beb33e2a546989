package convoy.jobs.spark;

import convoy.jobs.spark.internal.PrefixedSettings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;

/**
 * The Hadoop configuration, sent from the driver to the tasks, as a new one in a task would lack
 * every {@code --conf spark.hadoop.*}. No other class makes a Configuration.
 */
public final class HadoopSettings implements Serializable {
  private static final long serialVersionUID = 1L;
  private transient Configuration configuration;

  private HadoopSettings(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Takes the settings of a session: {@code sparkContext.hadoopConfiguration()}. */
  public static HadoopSettings of(Configuration configuration) {
    return new HadoopSettings(configuration);
  }

  /** Makes settings without a session, which also contain {@code spark.hadoop.*}. */
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
