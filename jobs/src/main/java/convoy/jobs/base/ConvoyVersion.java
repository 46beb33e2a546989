package convoy.jobs.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build has stored: Convoy's own and those of the libraries in its jar. */
public final class ConvoyVersion {
  private static final Properties VERSIONS = load();

  private ConvoyVersion() {}

  /** Convoy's version. */
  public static String current() {
    return of("convoy");
  }

  /** The version of a library: dl4j, openblas or opencv. */
  public static String of(String library) {
    return VERSIONS.getProperty(library);
  }

  private static Properties load() {
    Properties versions = new Properties();
    try (InputStream in = ConvoyVersion.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }

    return versions;
  }
}
