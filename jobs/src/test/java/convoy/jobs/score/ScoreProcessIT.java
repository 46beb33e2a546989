package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.cluster.ConvoyProcess;
import convoy.jobs.cluster.Finished;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Score in a process of its own: with little memory, and killed. */
class ScoreProcessIT {
  private static final Path ODD = ScoreRun.DATA.resolve("odd_images/images");
  @TempDir private Path folder;

  private static List<String> command(String... arguments) {
    return ConvoyProcess.command(List.of("-Xmx1g"), arguments);
  }

  private Path model() throws IOException {
    return UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog", "eel");
  }

  @Test
  void everyOddFileHasARowWithinOneGigabyte() throws Exception {
    assumeTrue(Files.isDirectory(ODD), "needs shared/data/odd_images beside the checkout");
    List<String> visible;
    try (Stream<Path> files = Files.list(ODD)) {
      visible =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.startsWith("."))
              .sorted()
              .toList();
    }

    Path out = folder.resolve("out");
    Finished run =
        Finished.run(
            Duration.ofMinutes(5),
            Map.of(),
            folder,
            command(ScoreRun.arguments(model(), ODD, out, "jsonl")));

    run.exits(0);
    assertThat(run.err()).contains("1 hidden files");
    Map<String, JsonNode> rows = ScoreRun.rows(out);
    assertThat(rows.keySet()).containsExactlyElementsOf(visible);
    List<String> bad =
        rows.values().stream()
            .filter(row -> !row.get("error").isNull())
            .map(row -> row.get("path").asText())
            .toList();
    assertThat(bad)
        .contains(
            "zero_bytes.JPEG",
            "html_error_page.JPEG",
            "bomb_65535.gif",
            "max_size_65500.jpg",
            "missing_sos.jpg")
        .doesNotContain(
            "baseline_plain.jpg", "cmyk_mozilla_1.jpg", "ycck_photo.jpg", "png_inside.JPEG")
        .hasSize(15); // OddPicturesTest has the list.
  }

  @Test
  void aKilledRunAndItsRepetitionGiveEachFileOneRow() throws Exception {
    Path in = folder.resolve("in");
    for (int k = 0; k < 6000; k++) {
      ScoreRun.write(in.resolve("d" + k % 13).resolve(k + ".png"), ScoreRun.picture(k));
    }

    Path out = Files.createDirectory(folder.resolve("out"));
    String[] arguments = ScoreRun.arguments(model(), in, out, "jsonl");
    killAtFirstPart(command(arguments), out);
    assertThat(out.resolve("_manifest")).doesNotExist();
    Map<String, FileTime> committed = ScoreRun.times(out);
    committed.keySet().removeIf(name -> !name.startsWith("part-"));
    assertThat(committed).isNotEmpty();

    // What came and went since: one row for each that is there, rows of the others stay.
    ScoreRun.write(in.resolve("d0/later.png"), ScoreRun.picture(1));
    ConsoleCapture again = ScoreRun.run(arguments);

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(ScoreRun.rows(out)).hasSize(6001);
    assertThat(ScoreRun.times(out)).containsAllEntriesOf(committed);
    assertThat(ScoreRun.visible(out)).allMatch(name -> name.matches("_manifest|part-\\d+.jsonl"));
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith(".tmp"))).isEmpty();
    }
  }

  private void killAtFirstPart(List<String> command, Path out) throws Exception {
    Path log = folder.resolve("log");
    try (WatchService watch = out.getFileSystem().newWatchService()) {
      out.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try {
        while (ScoreRun.parts(out).isEmpty()) {
          WatchKey key = watch.poll(2, TimeUnit.MINUTES);
          assertThat(key).as("a part within two minutes").isNotNull();
          key.pollEvents();
          key.reset();
        }
      } finally {
        process.destroyForcibly().waitFor();
      }

      assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(137);
    }
  }
}
