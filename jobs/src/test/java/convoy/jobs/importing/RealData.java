package convoy.jobs.importing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real data beside the checkout. Without it a test is skipped and says so. */
final class RealData {
  private static final Path DATA = Path.of("../../shared/data").toAbsolutePath().normalize();

  private RealData() {}

  static Path path(String name) {
    Path path = DATA.resolve(name);
    assumeTrue(Files.exists(path), "shared/data/" + name + " does not stand beside the checkout");
    return path;
  }

  static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }
}
