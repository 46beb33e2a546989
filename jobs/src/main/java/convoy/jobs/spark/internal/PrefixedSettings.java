package convoy.jobs.spark.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/** Settings of Spark by the beginning of their names. */
public final class PrefixedSettings {
  private PrefixedSettings() {}

  /** The settings whose names begin with {@code prefix}, without it. */
  public static Map<String, String> of(SparkConf settings, String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Tuple2<String, String> setting : settings.getAllWithPrefix(prefix)) {
      found.put(setting._1(), setting._2());
    }

    return found;
  }
}
