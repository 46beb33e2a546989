package convoy.data;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real data beside the checkout. Tests that need it are skipped if it is absent. */
public final class SharedData {
  private SharedData() {}

  /** Returns a file or folder of {@code shared/data}. */
  public static Path path(String name) {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(root.resolve("data-prep"))) {
      root = root.getParent();
    }

    Path path = root.resolveSibling("shared").resolve("data").resolve(name);
    assumeTrue(Files.exists(path), "shared/data/" + name + " does not stand beside the checkout");
    return path;
  }

  /** Returns the bytes of a file of {@code shared/data}. */
  public static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }
}
