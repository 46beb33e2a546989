package convoy.data.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Native code reads bytes of strangers: whatever they are, the process survives. */
class FuzzTest {
  private static final int FORMATS = 9;

  /** What native code has to say about each file: thousands of lines. */
  @TempDir private Path folder;

  @Test
  void aProcessSurvivesAFewDamagedFilesOfEachFormat() throws Exception {
    survives(900);
  }

  @Test
  @Tag("slow")
  void aProcessSurvivesTenThousandDamagedFiles() throws Exception {
    survives(10_000);
  }

  private void survives(int cases) throws IOException, InterruptedException {
    Path messages = folder.resolve("messages");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx256m",
                "-XX:+AlwaysPreTouch",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                FuzzLoop.class.getName(),
                String.valueOf(cases))
            .redirectError(ProcessBuilder.Redirect.to(messages.toFile()))
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s %s", lines, Files.readString(messages)).isZero();

    assertThat(lines).hasSize(FORMATS + 1);
    int count = 0;
    for (String line : lines.subList(0, FORMATS)) {
      System.out.println(line);
      String[] words = line.substring(line.indexOf("decoded")).split(" ", -1);
      assertThat(Integer.parseInt(words[3])).as(line).isPositive();
      count += Integer.parseInt(words[1]) + Integer.parseInt(words[3]);
    }

    assertThat(count).isEqualTo(cases);
    String memory = lines.get(FORMATS);
    assertThat(Long.parseLong(memory.split(" ", -1)[1])).as(memory).isLessThan(100_000_000);
  }
}
