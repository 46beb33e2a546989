package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.generate.Generator;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.cluster.ConvoyProcess;
import convoy.jobs.cluster.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Prepare in a process of its own: with little memory, and killed. */
class PrepareOddImagesIT {
  private static final Path ODD = PrepareRun.DATA.resolve("odd_images/images");
  @TempDir private Path folder;

  @Test
  void everyOddFileIsAnExampleOrALineOfQuarantineWithinOneGigabyte() throws Exception {
    assumeTrue(Files.isDirectory(ODD), "needs shared/data/odd_images beside the checkout");
    Path in = Files.createDirectories(folder.resolve("in/odd"));
    int visible = 0;
    int hidden = 0;
    try (Stream<Path> files = Files.list(ODD)) {
      for (Path file : files.toList()) {
        Files.copy(file, in.resolve(file.getFileName()));
        if (file.getFileName().toString().startsWith(".")) {
          hidden++;
        } else {
          visible++;
        }
      }
    }

    Path out = folder.resolve("dataset");
    Finished run = prepared("-Xmx1g", in.getParent(), out);
    run.exits(0);
    assertThat(run.err()).contains("files rejected (");
    assertThat(run.out()).contains("hidden    " + hidden + " skipped");
    List<JsonNode> quarantine = PrepareRun.quarantine(out);
    int examples =
        PrepareRun.json(out.resolve("manifest.json")).at("/splits/train/examples").asInt();
    assertThat(examples + quarantine.size()).isEqualTo(visible);
    assertThat(examples).isEqualTo(39); // OddPicturesTest has the list.
    assertThat(quarantine).hasSize(15);
    assertThat(quarantine).allMatch(line -> !line.path("reason").asText().isEmpty());
    assertThat(quarantine.stream().map(line -> line.path("key").asText()))
        .contains("odd/zero_bytes.JPEG", "odd/html_error_page.JPEG", "odd/bomb_65535.gif")
        .isSorted();

    // Another process, other tasks, the same bytes.
    Path again = folder.resolve("again");
    ConsoleCapture here =
        PrepareRun.run(
            "local[1]",
            1,
            PrepareRun.arguments("folder", in.getParent(), again, "--val-fraction", "0"));
    assertThat(here.exitCode()).as(here.err()).isZero();
    assertThat(PrepareRun.content(again)).containsExactlyEntriesOf(PrepareRun.content(out));
  }

  /** In a process of its own. */
  private Finished prepared(String heap, Path in, Path out)
      throws IOException, InterruptedException {
    return Finished.run(
        Duration.ofMinutes(3),
        Map.of(),
        folder,
        ConvoyProcess.command(
            List.of(heap), PrepareRun.arguments("folder", in, out, "--val-fraction", "0")));
  }

  @Test
  void aLackOfMemoryEndsTheJobAndIsNoLineOfQuarantine() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in/large"));
    Picture large = new Picture(13_000, 13_000, 3, new byte[13_000 * 13_000 * 3]);
    Files.write(in.resolve("large.png"), Encoder.png(large));
    Path out = folder.resolve("dataset");
    Finished run = prepared("-Xmx500m", in.getParent(), out);
    run.exits(1);
    assertThat(run.err())
        .contains("prepare: large/large.png: no memory for 13000 x 13000 pixels")
        .contains("CONVOY_DRIVER_MEMORY", "--executor-memory")
        .doesNotContain("bug of Convoy");
    assertThat(out).doesNotExist();
  }

  /** A limit of the file size is to a program what a full disk is. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldWithTheFileAndLeavesNoPartOfIt() throws Exception {
    Path in = folder.resolve("drawn");
    Generator.write(in, 2, 80, 64, 7);
    Path out = folder.resolve("dataset");
    List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 60; exec \"$@\"", "-"));
    command.addAll(
        ConvoyProcess.command(List.of("-Xmx1g"), PrepareRun.arguments("folder", in, out)));
    Finished run = Finished.run(Duration.ofMinutes(3), Map.of(), folder, command);
    run.exits(1);
    assertThat(run.err())
        .contains("prepare: " + out + "/", ".tmp: File too large")
        .contains("free some space there or name another folder")
        .doesNotContain("bug of Convoy");
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.map(Path::toString)).noneMatch(file -> file.endsWith(".tmp"));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldWithTheFileByGenerateToo() throws Exception {
    Path out = folder.resolve("pictures");
    List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 4; exec \"$@\"", "-"));
    command.addAll(
        ConvoyProcess.command(
            List.of("-Xmx1g"), "generate", "--out=" + out, "--classes=2", "--size=512"));
    Finished run = Finished.run(Duration.ofMinutes(3), Map.of(), folder, command);
    run.exits(1);
    assertThat(run.err())
        .contains("generate: " + out + "/train/", ".jpg: File too large")
        .contains("free some space there or name another folder")
        .hasLineCount(1);
  }

  @Test
  void aKilledRunLeavesNoManifestAndTheNextOneCompletes() throws Exception {
    Path mnist = PrepareRun.DATA.resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "needs shared/data/mnist beside the checkout");
    Path out = folder.resolve("dataset");
    String[] arguments = PrepareRun.arguments("mnist", mnist, out, "--shard-mb", "1");
    killOnce(out.resolve("train"), ConvoyProcess.command(List.of("-Xmx1g"), arguments));
    assertThat(out.resolve("manifest.json")).doesNotExist();
    assertThat(out.resolve("_prepare.json")).exists();

    ConsoleCapture again = PrepareRun.run("local[2]", 2, arguments);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.out()).startsWith("prepared");
    assertThat(out.resolve("_prepare.json")).doesNotExist();
    JsonNode manifest = PrepareRun.json(out.resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(60_000);
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
    }
  }

  @Test
  void aRunKilledInItsFirstPassIsTakenOver() throws Exception {
    Path mnist = PrepareRun.DATA.resolve("mnist");
    assumeTrue(Files.isDirectory(mnist), "needs shared/data/mnist beside the checkout");
    Path out = folder.resolve("dataset");
    String[] arguments = PrepareRun.arguments("mnist", mnist, out, "--shard-mb", "8", "--json");
    killOnce(
        out.resolve("_checked/00005.jsonl"), ConvoyProcess.command(List.of("-Xmx1g"), arguments));
    assertThat(out.resolve("train")).doesNotExist();
    long batches;
    try (Stream<Path> files = Files.list(out.resolve("_checked"))) {
      batches = files.filter(file -> file.toString().endsWith(".jsonl")).count();
    }

    assertThat(batches).isBetween(5L, 69L);
    ConsoleCapture again = PrepareRun.run("local[2]", 2, arguments);
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(new ObjectMapper().readTree(again.out()).path("takenOver").asLong())
        .isEqualTo(batches * ItemBatch.MOST);
    assertThat(out.resolve("_checked")).doesNotExist();
    Path undisturbed = folder.resolve("undisturbed");
    ConsoleCapture other =
        PrepareRun.run(
            "local[2]", 2, PrepareRun.arguments("mnist", mnist, undisturbed, "--shard-mb", "8"));
    assertThat(other.exitCode()).as(other.err()).isZero();
    assertThat(PrepareRun.content(out)).containsExactlyEntriesOf(PrepareRun.content(undisturbed));
  }

  private void killOnce(Path exists, List<String> command)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      while (!Files.exists(exists)) {
        assertThat(process.waitFor(5, TimeUnit.MILLISECONDS)).as(Files.readString(log)).isFalse();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
