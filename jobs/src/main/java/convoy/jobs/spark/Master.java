package convoy.jobs.spark;

import convoy.jobs.base.UserException;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** The Spark master of a session, which decides where its tasks run. */
public final class Master {
  private static final Pattern KNOWN =
      Pattern.compile(
          "local"
              + "|local\\[(\\*|[1-9]\\d{0,4})(,\\s*[1-9]\\d{0,4})?]"
              + "|local-cluster\\[\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*]"
              + "|yarn"
              + "|spark://.+"
              + "|k8s://.+"
              + "|mesos://.+");

  private Master() {}

  /**
   * The master that the user has given, or all cores of this machine.
   *
   * @throws UserException with exit code 2 if Spark has no such master
   */
  public static String given() {
    return of(new SparkConf());
  }

  static String of(SparkConf given) {
    String master = given.get("spark.master", "local[*]");
    if (!KNOWN.matcher(master).matches()) {
      throw UserException.usage(
          "--master %s is unknown: give local[2], local[*], spark://HOST:PORT, yarn or k8s://URL"
              .formatted(master));
    }

    return master;
  }
}
