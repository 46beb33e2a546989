package convoy.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateIT {
  private static final int CLASSES = 6;
  private static final int VAL = 8;

  @TempDir private static Path folder;
  private static Path dataset;
  private static Path model;

  @BeforeAll
  static void makeDataset() throws IOException {
    Path pictures = folder.resolve("pictures");
    dataset = folder.resolve("dataset");
    done(
        run(
            "generate",
            "--out",
            pictures.toString(),
            "--classes",
            String.valueOf(CLASSES),
            "--per-class",
            "40",
            "--seed",
            "1"));
    done(
        run(
            "prepare",
            "--source",
            "folder",
            "--in",
            pictures.toString(),
            "--out",
            dataset.toString()));
    List<String> names = new ArrayList<>();
    JsonNode manifest = new ObjectMapper().readTree(dataset.resolve("manifest.json").toFile());
    manifest.get("classes").forEach(entry -> names.add(entry.get("name").asText()));
    model = UntrainedModel.small(folder.resolve("model"), 5, names.toArray(String[]::new));
  }

  private static ConsoleCapture run(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private static ConsoleCapture done(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private static ConsoleCapture evaluate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--model", model.toString(), "--data", dataset.toString()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  @Test
  void everyExampleCountsOnceInEverySum() throws IOException {
    JsonNode result = json(done(evaluate("--json")).out());
    assertThat(result.get("examples").asInt()).isEqualTo(CLASSES * VAL);
    long all = 0;
    long diagonal = 0;
    for (int label = 0; label < CLASSES; label++) {
      for (int predicted = 0; predicted < CLASSES; predicted++) {
        all += result.at("/confusion/" + label + "/" + predicted).asLong();
      }

      diagonal += result.at("/confusion/" + label + "/" + label).asLong();
      assertThat(result.at("/perClass/" + label + "/examples").asInt()).isEqualTo(VAL);
    }

    assertThat(all).isEqualTo(CLASSES * VAL);
    assertThat(result.get("top1").asDouble()).isEqualTo((double) diagonal / all);
    assertThat(result.get("top5").asDouble()).isBetween(result.get("top1").asDouble(), 1.0);
    assertThat(result.get("loss").asDouble()).isCloseTo(Math.log(CLASSES), within(2.0));
  }

  @Test
  void theResultIsTheSameForAnyNumberOfTasksAndInTheFile() throws IOException {
    Path file = folder.resolve("deep/result.json");
    String split = "train";
    String two = done(evaluate("--json", "--split", split, "--out", file.toString())).out();
    System.setProperty("spark.default.parallelism", "7");
    try {
      assertThat(done(evaluate("--json", "--split", split)).out()).isEqualTo(two);
    } finally {
      System.clearProperty("spark.default.parallelism");
    }

    assertThat(Files.readString(file)).isEqualTo(two);
    assertThat(json(two).get("examples").asInt()).isEqualTo(CLASSES * 40);
  }

  @Test
  void manyCropsOfAPictureCountAsOneExample() throws IOException {
    double single = json(done(evaluate("--json")).out()).get("loss").asDouble();
    for (String crops : List.of("10", "144")) {
      String text = done(evaluate("--json", "--crops", crops)).out();
      JsonNode result = json(text);
      assertThat(result.get("examples").asInt()).isEqualTo(CLASSES * VAL);
      // The mean of other views: near the single one and not the same.
      assertThat(result.get("loss").asDouble()).isCloseTo(single, within(0.5)).isNotEqualTo(single);
      assertThat(done(evaluate("--json", "--crops", crops)).out()).isEqualTo(text);
    }
  }

  @Test
  void textBeginsWithTop1() {
    assertThat(done(evaluate()).out())
        .matches("(?s)top-1 0\\.\\d{4} \\(48 examples\\)\ntop-5 [01]\\.\\d{4}\nloss .*confusion.*");
  }

  @Test
  void scoreAgreesWithEvaluateOnTheSamePictures() throws IOException {
    Path out = folder.resolve("scores");
    Path val = folder.resolve("pictures/val");
    done(
        run(
            "score",
            "--model",
            model.toString(),
            "--in",
            val.toString(),
            "--out",
            out.toString(),
            "--format",
            "jsonl"));
    long right = 0;
    long rows = 0;
    for (String line : Files.readAllLines(out.resolve("part-00000.jsonl"))) {
      JsonNode row = json(line);
      rows++;
      right += row.get("path").asText().startsWith(row.get("class").asText() + "/") ? 1 : 0;
    }

    JsonNode result = json(done(evaluate("--json")).out());
    assertThat(rows).isEqualTo(result.get("examples").asLong());
    assertThat((double) right / rows).isEqualTo(result.get("top1").asDouble());
  }

  @Test
  void theGateHasExitCode4AndStillPrints() {
    ConsoleCapture missed = evaluate("--min-top1", "1");
    assertThat(missed.exitCode()).isEqualTo(4);
    assertThat(missed.out()).startsWith("top-1 ");
    assertThat(missed.err()).contains("below --min-top1 1.0");
    done(evaluate("--min-top1", "0"));
  }

  @Test
  void otherClassesAreBadDataWithTheDifference() throws IOException {
    Path other = UntrainedModel.small(folder.resolve("other"), 1, "a", "b", "c", "d", "e", "f");
    ConsoleCapture names =
        run("evaluate", "--model", other.toString(), "--data", dataset.toString());
    assertThat(names.exitCode()).isEqualTo(3);
    assertThat(names.err()).contains("label 0 is 'a' in model");

    Path fewer = UntrainedModel.small(folder.resolve("fewer"), 1, "a", "b");
    ConsoleCapture count =
        run("evaluate", "--model", fewer.toString(), "--data", dataset.toString());
    assertThat(count.exitCode()).isEqualTo(3);
    assertThat(count.err()).contains("2 classes").contains("has 6");
  }

  @Test
  void whatIsAbsentWrongOrNotBuiltHasItsExitCode() {
    assertThat(evaluate("--split", "test").exitCode()).isEqualTo(2);
    assertThat(evaluate("--min-top1", "90").exitCode()).isEqualTo(2);
    assertThat(evaluate("--crops", "dense").err()).contains("not supported yet");
    ConsoleCapture crops = evaluate("--crops", "12");
    assertThat(crops.exitCode()).isEqualTo(2);
    assertThat(crops.err()).contains("--crops 12: no such number of crops; known: 1, 10, 144");
    ConsoleCapture two =
        run(
            "evaluate",
            "--model",
            model.toString(),
            model.toString(),
            "--data",
            dataset.toString());
    assertThat(two.exitCode()).isEqualTo(2);
    assertThat(two.err()).contains("not supported yet");
    String absent = folder.resolve("absent").toString();
    assertThat(run("evaluate", "--model", model.toString(), "--data", absent).exitCode())
        .isEqualTo(3);
    assertThat(run("evaluate", "--model", absent, "--data", dataset.toString()).exitCode())
        .isEqualTo(3);
  }

  @Test
  void aFolderIsNoFileToWrite() throws IOException {
    Path out = Files.createDirectory(folder.resolve("a-folder"));
    ConsoleCapture run = evaluate("--out", out.toString());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is a folder");
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void onlyAResultOfItsOwnIsReplacedAndAnEqualOneIsLeftAlone() throws IOException {
    Path description = model.resolve("model.json");
    byte[] before = Files.readAllBytes(description);
    ConsoleCapture refused = evaluate("--out", description.toString());
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("is not a result of convoy evaluate", "--overwrite");
    assertThat(description).hasBinaryContent(before);

    Path file = folder.resolve("again.json");
    done(evaluate("--out", file.toString()));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    done(evaluate("--out", file.toString()));
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1000);
    done(evaluate("--split", "train", "--out", file.toString()));
    assertThat(Files.getLastModifiedTime(file).toMillis()).isGreaterThan(1000);

    Path other = Files.writeString(folder.resolve("other.json"), "mine");
    done(evaluate("--out", other.toString(), "--overwrite"));
    assertThat(json(Files.readString(other)).has("top1")).isTrue();
  }

  @Test
  void damagedShardsAreBadData() throws IOException {
    Path damaged = folder.resolve("damaged");
    for (int offset : new int[] {4, -20}) {
      copyDataset(damaged);
      Path shard = damaged.resolve("val/part-00000.parquet");
      byte[] bytes = Files.readAllBytes(shard);
      int from = offset < 0 ? bytes.length + offset : offset;
      java.util.Arrays.fill(bytes, from, Math.min(bytes.length - 8, from + 40), (byte) 0xFF);
      Files.write(shard, bytes);
      ConsoleCapture run =
          run("evaluate", "--model", model.toString(), "--data", damaged.toString());
      assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
      assertThat(run.err()).contains("prepare again").doesNotContain("\tat ");
    }
  }

  private static void copyDataset(Path to) throws IOException {
    org.apache.commons.io.FileUtils.deleteDirectory(to.toFile());
    org.apache.commons.io.FileUtils.copyDirectory(dataset.toFile(), to.toFile());
  }
}
