package convoy.jobs.io;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;

/** Where paths really lie, to tell whether one is inside another. */
public final class Places {
  private static final String LOCAL = "file";

  private Places() {}

  /** A whole path with links resolved as far as it exists; as it is on other systems than local. */
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
