package convoy.jobs.spark;

import convoy.jobs.spark.internal.PrefixedSettings;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
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

  // Configuration's own form also names the files of each setting, each compressed by itself, which
  // took more time than a small task.
  private void writeObject(ObjectOutputStream out) throws IOException {
    Map<String, String> settings = new HashMap<>();
    configuration.forEach(setting -> settings.put(setting.getKey(), setting.getValue()));
    out.writeObject(settings);
  }

  @SuppressWarnings("unchecked") // writeObject has written it.
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    configuration = new Configuration(false);
    ((Map<String, String>) in.readObject()).forEach(configuration::set);
  }
}
