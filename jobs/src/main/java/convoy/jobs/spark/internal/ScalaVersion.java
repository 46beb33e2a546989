package convoy.jobs.spark.internal;

/** The version of Scala's library in this process. */
public final class ScalaVersion {
  private ScalaVersion() {}

  public static String current() {
    return scala.util.Properties.versionNumberString();
  }
}
