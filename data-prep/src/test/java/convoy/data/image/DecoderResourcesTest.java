package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.data.ChildJvm;
import convoy.data.SharedData;
import convoy.data.transform.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecoderResourcesTest {
  private static final int DECODES = 4000;

  @Test
  void thousandsOfPicturesLeaveNoNativeMemoryBehind() throws Exception {
    // The child process has its full heap from the start, so any growth is native memory.
    String output =
        ChildJvm.run(
                List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"),
                DecodeLoop.class,
                String.valueOf(DECODES))
            .survived()
            .get(0);

    List<Long> numbers = Stream.of(output.split(" ")).map(Long::valueOf).toList();
    // Leaked pixels alone would take 3,000 x 196,608 bytes = 590 MB.
    assertThat(numbers.get(0)).as("bytes of memory more").isLessThan(20_000_000);
    assertThat(numbers.get(1)).as("bytes held by pointers more").isLessThanOrEqualTo(0);
    assertThat(numbers.get(2)).as("refused").isEqualTo((DECODES + 500) / 4);
  }

  @Test
  void openCvPrintsNothingAboutABadPictureWhereItsLogIsOff(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("small"), Encoder.png(Grids.numbered(4, 4, 3)));
    byte[] tiff =
        TiffVariants.all().stream()
            .filter(variant -> variant.name().equals("tiff/rgb-8-lzw"))
            .findFirst()
            .orElseThrow()
            .file();
    Arrays.fill(tiff, tiff.length - 100, tiff.length, (byte) 0xff);
    Files.write(folder.resolve("bad"), tiff);

    // scripts/convoy and the Spark session set SILENT.
    assertThat(messages(folder, "SILENT")).isEmpty();
    assertThat(messages(folder, "WARNING")).contains("TIFF_Error");
  }

  private static String messages(Path folder, String level) throws Exception {
    ChildJvm process =
        ChildJvm.run(
            Map.of("OPENCV_LOG_LEVEL", level),
            List.of("-Xmx64m"),
            MemoryLoop.class,
            folder.toString(),
            "0",
            "bad");
    assertThat(process.survived()).hasSize(2);
    return process.messages();
  }

  @Test
  void onlyThreeModulesOfOpenCvAreLoaded() throws IOException {
    decodeOrRefuse(Encoder.png(Grids.numbered(4, 4, 3)));
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "loaded libraries are listed on Linux only");

    Set<String> modules = new TreeSet<>();
    for (String line : Files.readAllLines(maps)) {
      int at = line.indexOf("libopencv_");
      if (at >= 0) {
        modules.add(line.substring(at + 10).replaceAll("\\..*", ""));
      }
    }

    assertThat(modules).containsExactly("core", "imgcodecs", "imgproc");
  }

  @Test
  void damagedBytesGiveAPictureOrARefusalAndNothingElse() throws IOException {
    for (Path file : oddPictures()) {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == 0 || bytes.length > 60_000) {
        continue;
      }

      for (int round = 0; round < 12; round++) {
        byte[] damaged = damaged(bytes, new Draws(Draws.seed(round, bytes.length)));
        assertThatCode(() -> decodeOrRefuse(damaged))
            .as(file + " " + round)
            .doesNotThrowAnyException();
      }
    }
  }

  /** Changes a few bytes, most of them in the headers. */
  private static byte[] damaged(byte[] bytes, Draws draws) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < 1 + draws.below(6); i++) {
      int end = draws.coin() ? Math.min(bytes.length, 64) : bytes.length;
      damaged[draws.below(end)] = (byte) draws.below(256);
    }

    return damaged;
  }

  private static void decodeOrRefuse(byte[] bytes) {
    try {
      Decoder.header(bytes);
      assertThat(Decoder.decode(bytes).width()).isPositive();
    } catch (BadPictureException refused) {
      assertThat(refused.code()).isNotBlank();
    }
  }

  private static List<Path> oddPictures() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("odd_images/images"))) {
      return files.sorted().toList();
    }
  }
}
