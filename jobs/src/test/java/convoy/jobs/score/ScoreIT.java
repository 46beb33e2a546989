package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreIT {
  @TempDir private static Path models;
  private static Path model;
  private static Path otherModel;

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeAll
  static void makeModels() throws IOException {
    model =
        UntrainedModel.small(models.resolve("one"), 1, "cat", "dog", "eel", "fox", "gnu", "hen");
    otherModel =
        UntrainedModel.small(models.resolve("two"), 2, "cat", "dog", "eel", "fox", "gnu", "hen");
  }

  @BeforeEach
  void makeFolders() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
    out = folder.resolve("out");
  }

  private ConsoleCapture score(String format, String... more) {
    return ScoreRun.run(ScoreRun.arguments(model, in, out, format, more));
  }

  private void pictures(int count) throws IOException {
    for (int k = 0; k < count; k++) {
      ScoreRun.write(in.resolve("sub " + k % 7 + "/p" + k), ScoreRun.picture(k));
    }
  }

  @Test
  void everyOddNameHasItsRowAndHiddenOnesAreCounted() throws IOException {
    for (String name : ScoreInputsTest.ODD_NAMES) {
      ScoreRun.write(in.resolve(name), ScoreRun.picture(3));
      ScoreRun.write(in.resolve("d:%20[x]").resolve(name), ScoreRun.picture(4));
    }

    ScoreRun.write(in.resolve(".hidden.jpg"), ScoreRun.picture(1));
    ScoreRun.write(in.resolve(".trash/x.jpg"), ScoreRun.picture(1));
    ScoreRun.write(in.resolve("empty.jpg"), new byte[0]);
    ScoreRun.write(in.resolve("page.html"), "<html>".getBytes(StandardCharsets.UTF_8));
    Files.createSymbolicLink(in.resolve("gone.jpg"), folder.resolve("nowhere"));

    ConsoleCapture run = score("jsonl", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, JsonNode> rows = ScoreRun.rows(out);
    assertThat(rows).hasSize(2 * ScoreInputsTest.ODD_NAMES.size() + 3);
    assertThat(rows.keySet())
        .containsAll(ScoreInputsTest.ODD_NAMES)
        .contains("d:%20[x]/co:lon.jpg");
    JsonNode good = rows.get("new\nline.jpg");
    assertThat(good.get("width").asInt()).isEqualTo(40);
    assertThat(good.get("height").asInt()).isEqualTo(36);
    assertThat(good.get("error").isNull()).isTrue();
    assertThat(good.get("topK")).hasSize(5);
    assertThat(good.at("/topK/0/class")).isEqualTo(good.get("class"));
    assertThat(good.get("words").asText()).isEqualTo("words of " + good.get("label"));
    assertThat(rows.get("empty.jpg").get("error").asText()).startsWith("empty: ");
    assertThat(rows.get("page.html").get("error").asText()).startsWith("not-a-picture: ");
    assertThat(rows.get("gone.jpg").get("error").asText()).startsWith("not-found: ");
    assertThat(rows.get("gone.jpg").get("class").isNull()).isTrue();
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.get("rows").asInt()).isEqualTo(rows.size());
    assertThat(result.at("/errors/not-found").asInt()).isEqualTo(1);
    assertThat(result.get("hiddenFiles").asInt()).isEqualTo(1);
    assertThat(result.get("hiddenFolders").asInt()).isEqualTo(1);
    assertThat(run.err()).contains("1 hidden files, 1 hidden folders");
    assertThat(ScoreRun.visible(out)).containsExactly("_manifest", "part-00000.jsonl");
  }

  @Test
  void aSecondRunChangesNothing() throws IOException {
    pictures(150);
    assertThat(score("csv").exitCode()).isZero();
    assertThat(ScoreRun.parts(out)).hasSizeGreaterThan(1);
    Map<String, FileTime> times = ScoreRun.times(out);

    ScoreRun.write(in.resolve("new"), ScoreRun.picture(1));
    ConsoleCapture second = score("csv");

    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(second.err()).contains("already scored");
    assertThat(ScoreRun.times(out)).isEqualTo(times);
  }

  @Test
  void resumeScoresWhatHasNoRowIntoNewPartsAndKeepsTheOthers() throws IOException {
    pictures(70);
    assertThat(score("jsonl").exitCode()).isZero();
    Map<String, FileTime> before = ScoreRun.times(out);
    Path gone = in.resolve("sub 0/p0");
    Files.delete(gone);
    ScoreRun.write(in.resolve("sub 0/added"), ScoreRun.picture(5));
    ScoreRun.write(in.resolve("zz"), new byte[0]);

    ConsoleCapture resumed = score("jsonl", "--resume");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(ScoreRun.rows(out)).hasSize(72).containsKeys("sub 0/p0", "sub 0/added", "zz");
    Map<String, FileTime> after = ScoreRun.times(out);
    before.forEach(
        (name, time) -> {
          if (name.startsWith("part-")) {
            assertThat(after).containsEntry(name, time);
          }
        });
    assertThat(ScoreRun.parts(out)).hasSize(3);
    JsonNode manifest = new ObjectMapper().readTree(out.resolve("_manifest").toFile());
    assertThat(manifest.get("rows").asInt()).isEqualTo(72);
    assertThat(manifest.get("parts")).hasSize(3);

    Map<String, FileTime> times = ScoreRun.times(out);
    assertThat(score("jsonl", "--resume").exitCode()).isZero();
    assertThat(ScoreRun.times(out)).isEqualTo(times);
  }

  @Test
  void resumeOnNothingStarts() throws IOException {
    pictures(3);
    assertThat(score("JSONL", "--resume").exitCode()).isZero();
    assertThat(ScoreRun.rows(out)).hasSize(3);
  }

  @Test
  void aPartThatWasDeletedIsScoredAgain() throws IOException {
    pictures(150);
    assertThat(score("jsonl").exitCode()).isZero();
    byte[] part = Files.readAllBytes(out.resolve("part-00001.jsonl"));
    Files.delete(out.resolve("part-00001.jsonl"));

    assertThat(score("jsonl").exitCode()).isZero();

    assertThat(ScoreRun.rows(out)).hasSize(150);
    assertThat(Files.readAllBytes(out.resolve("part-00001.jsonl"))).isEqualTo(part);
  }

  @Test
  void otherArgumentsAnotherModelAndOtherFilesAreRefusedUnlessOverwritten() throws IOException {
    pictures(3);
    assertThat(score("csv").exitCode()).isZero();

    ConsoleCapture other = ScoreRun.run(ScoreRun.arguments(otherModel, in, out, "csv", "--resume"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("a different model").contains("--overwrite");
    ConsoleCapture topK = score("csv", "--top-k", "2");
    assertThat(topK.exitCode()).isEqualTo(2);
    assertThat(topK.err()).contains("--top-k 2").contains("--top-k 5");
    assertThat(score("jsonl").exitCode()).isEqualTo(2);

    Files.writeString(out.resolve("notes.txt"), "mine");
    ConsoleCapture foreign = score("csv");
    assertThat(foreign.exitCode()).isEqualTo(2);
    assertThat(foreign.err()).contains("notes.txt");

    assertThat(score("jsonl", "--overwrite").exitCode()).isZero();
    assertThat(ScoreRun.visible(out)).containsExactly("_manifest", "part-00000.jsonl");
  }

  @Test
  void wrongInputsAndOptionsHaveTheirExitCodes() throws IOException {
    assertThat(score("csv").exitCode()).isEqualTo(3);
    ScoreRun.write(in.resolve(".hidden"), new byte[1]);
    ConsoleCapture empty = score("csv");
    assertThat(empty.exitCode()).isEqualTo(3);
    assertThat(empty.err()).contains("nothing to score").contains("1 hidden files");
    assertThat(out).doesNotExist();
    ConsoleCapture nothingYet = score("csv", "--resume");
    assertThat(nothingYet.exitCode()).as(nothingYet.err()).isZero();
    assertThat(nothingYet.err()).contains("nothing to score yet", "0 rows", "1 hidden files");
    assertThat(out).doesNotExist();
    Path nowhere = folder.resolve("nowhere");
    assertThat(ScoreRun.run(ScoreRun.arguments(model, nowhere, out, "csv", "--resume")).exitCode())
        .isEqualTo(3);

    pictures(1);
    ConsoleCapture format = score("xml");
    assertThat(format.exitCode()).isEqualTo(2);
    assertThat(format.err()).contains("parquet, csv, jsonl");
    assertThat(score("csv", "--top-k", "0").exitCode()).isEqualTo(2);
    Path absent = folder.resolve("absent");
    assertThat(ScoreRun.run(ScoreRun.arguments(model, absent, out, "csv")).exitCode()).isEqualTo(3);
    assertThat(ScoreRun.run(ScoreRun.arguments(absent, in, out, "csv")).exitCode()).isEqualTo(3);
    Path inside = in.resolve("scores");
    ConsoleCapture overlap = ScoreRun.run(ScoreRun.arguments(model, in, inside, "csv"));
    assertThat(overlap.exitCode()).isEqualTo(2);
    assertThat(overlap.err()).contains("overlap");
  }

  @Test
  void theThreeFormatsHoldTheSameRowsAndSparkReadsThem() throws IOException {
    pictures(70);
    ScoreRun.write(in.resolve("bad, \"one\".jpg"), "no".getBytes(StandardCharsets.UTF_8));
    for (String format : List.of("parquet", "csv", "jsonl")) {
      Path folderOfFormat = out.resolve(format);
      ConsoleCapture run = ScoreRun.run(ScoreRun.arguments(model, in, folderOfFormat, format));
      assertThat(run.exitCode()).as(run.err()).isZero();
    }

    List<List<Object>> parquet;
    List<List<Object>> csv;
    List<List<Object>> jsonl;
    try (SparkSession spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false).getOrCreate()) {
      parquet = table(spark.read().parquet(out.resolve("parquet").toString()).collectAsList());
      csv =
          table(
              spark
                  .read()
                  .option("header", true)
                  .option("inferSchema", true)
                  .option("escape", "\"")
                  .csv(out.resolve("csv").toString())
                  .collectAsList());
      jsonl = table(spark.read().json(out.resolve("jsonl").toString()).collectAsList());
      Row first =
          spark
              .read()
              .parquet(out.resolve("parquet").toString())
              .selectExpr(
                  "topK[0].class = class", "topK[0].probability = probability", "size(topK)")
              .where("error is null")
              .first();
      assertThat(first.getBoolean(0)).isTrue();
      assertThat(first.getBoolean(1)).isTrue();
      assertThat(first.getInt(2)).isEqualTo(5);
    }

    assertThat(parquet).hasSize(71);
    assertThat(csv).isEqualTo(parquet);
    assertThat(jsonl).isEqualTo(parquet);
  }

  private static List<List<Object>> table(List<Row> rows) {
    List<List<Object>> table = new ArrayList<>();
    for (Row row : rows) {
      List<Object> values = new ArrayList<>();
      for (String field : List.of("path", "width", "height", "label", "class", "error")) {
        Object value = row.getAs(field);
        values.add(value instanceof Number number ? (Object) number.longValue() : value);
      }

      table.add(values);
    }

    table.sort(java.util.Comparator.comparing(values -> values.get(0).toString()));
    return table;
  }

  @Test
  void fiveThousandFilesInNestedFoldersAreFiveThousandRows() throws IOException {
    for (int k = 0; k < 5000; k++) {
      Path nested = in.resolve("a" + k % 3).resolve("b" + k % 11).resolve("c" + k % 50);
      ScoreRun.write(nested.resolve(k + ".png"), ScoreRun.picture(k));
    }

    ConsoleCapture run = score("jsonl");

    assertThat(run.exitCode()).as(run.err()).isZero();
    Map<String, JsonNode> rows = ScoreRun.rows(out);
    assertThat(rows).hasSize(5000);
    // Equal pictures have equal rows, whatever minibatch they were in.
    JsonNode one = rows.get("a0/b0/c0/0.png");
    JsonNode same = rows.get("a1/b7/c0/4000.png");
    assertThat(same.get("label")).isEqualTo(one.get("label"));
    assertThat(same.get("probability").floatValue())
        .isCloseTo(one.get("probability").floatValue(), within(1e-6f));
  }

  @Test
  void theModelIsNotEmptiedForItsOwnScores() throws IOException {
    pictures(3);
    ConsoleCapture run = ScoreRun.run(ScoreRun.arguments(model, in, model, "csv", "--overwrite"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--model", "overlap");
    assertThat(model.resolve("weights.safetensors")).exists();
  }

  @Test
  void aRunThatFailedBeforeItsFirstRowLeavesTheFolderFree() throws IOException {
    pictures(3);
    Path broken = folder.resolve("broken");
    Files.createDirectories(broken);
    Files.copy(model.resolve("model.json"), broken.resolve("model.json"));
    byte[] weights = Files.readAllBytes(model.resolve("weights.safetensors"));
    Files.write(
        broken.resolve("weights.safetensors"),
        java.util.Arrays.copyOf(weights, weights.length / 2));
    assertThat(ScoreRun.run(ScoreRun.arguments(broken, in, out, "csv")).exitCode()).isEqualTo(3);
    ConsoleCapture good = score("csv");
    assertThat(good.exitCode()).as(good.err()).isZero();
  }
}
