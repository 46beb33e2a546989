package convoy.jobs.io;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;

/** Resolves paths, to find out whether one is inside another. */
public final class Places {
  private static final String LOCAL = "file";

  private Places() {}

  /** The absolute path. On the local file system, links are resolved as far as the path exists. */
  public static String of(Path path) throws IOException {
    URI uri = path.toUri();
    if (!LOCAL.equals(uri.getScheme())) {
      return path.toString();
    }

    java.nio.file.Path whole = java.nio.file.Path.of(uri.getPath());
    java.nio.file.Path there = whole;
    while (!Files.exists(there)) {
      there = there.getParent();
    }

    return LOCAL + ":" + there.toRealPath().resolve(there.relativize(whole)).normalize();
  }

  /** Whether one of two places contains the other, or they are the same. */
  public static boolean overlap(String place, String other) {
    String first = place.endsWith("/") ? place : place + "/";
    String second = other.endsWith("/") ? other : other + "/";
    return first.startsWith(second) || second.startsWith(first);
  }
}
