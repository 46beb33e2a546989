package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pictures that become no example, and how many of them are allowed. */
class BadPicturesIT extends OnDrawnPictures {
  @Test
  void badPicturesAreQuarantinedOrEndTheJob() throws IOException {
    Path in = copy();
    Path class0 = first(in.resolve("train")).getParent();
    Files.writeString(class0.resolve("a note.txt"), "not a picture");
    Files.write(class0.resolve("empty.jpg"), new byte[0]);
    byte[] whole = Files.readAllBytes(class0.resolve("0000.jpg"));
    Files.write(class0.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    ConsoleCapture fail = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err()).contains("3 of 195 files").contains("a note.txt (not-a-picture)");
    assertThat(out()).doesNotExist();

    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    assertThat(run.out()).contains("160 examples").contains("1 not-a-picture");
    String key = in.relativize(class0) + "/";
    List<String> lines = new ArrayList<>();
    for (JsonNode line : PrepareRun.quarantine(out())) {
      lines.add(line.toString());
    }

    assertThat(lines)
        .containsExactly(
            "{\"key\":\""
                + key
                + "a note.txt\",\"reason\":\"not-a-picture\",\"format\":null,\"action\":\"rejected\",\"message\":"
                + "\"the first bytes are those of no picture format: not a pictur\"}",
            "{\"key\":\""
                + key
                + "cut.png\",\"reason\":\"truncated\",\"format\":\"jpeg\",\"action\":\"rejected\",\"message\":"
                + "\"the jpeg ends too early, after "
                + whole.length / 2
                + " bytes\"}",
            "{\"key\":\""
                + key
                + "empty.jpg\",\"reason\":\"empty\",\"format\":null,\"action\":\"rejected\",\"message\":"
                + "\"the file has no bytes\"}");
  }

  @Test
  void theFirstTwentyBadPicturesAreNamed() throws IOException {
    Path in = copy();
    Path class0 = first(in.resolve("train")).getParent();
    for (int i = 10; i < 35; i++) {
      Files.writeString(class0.resolve("note-" + i + ".txt"), "not a picture");
    }

    ConsoleCapture fail = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err())
        .contains("25 of 217 files", "not-a-picture 25")
        .contains("note-10.txt (not-a-picture)\n", "note-29.txt (not-a-picture)\n")
        .doesNotContain("note-30.txt");
    assertThat(named(fail)).hasSize(20);
    assertThat(out()).doesNotExist();
    ConsoleCapture many = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.1");
    assertThat(many.exitCode()).isEqualTo(3);
    assertThat(named(many)).hasSize(20).last().asString().contains("note-29.txt");
  }

  /** The pictures that the error names, without the log, which goes to the same place. */
  private static List<String> named(ConsoleCapture prepare) {
    return prepare.err().lines().filter(line -> line.endsWith(" (not-a-picture)")).toList();
  }

  @Test
  void moreBadPicturesThanAllowedEndTheJob() throws IOException {
    Path in = copy();
    Files.writeString(first(in.resolve("train")).getParent().resolve("note.txt"), "no picture");
    ConsoleCapture many = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.005");
    assertThat(many.exitCode()).isEqualTo(3);
    assertThat(many.err())
        .contains("1 of 193 files", "not-a-picture", "--max-bad-fraction 0.005 doesn't allow it");
    assertThat(out()).doesNotExist();
    prepared(PrepareRun.folder(in, out(), "--max-bad-fraction", "0.01"));
    ConsoleCapture again = PrepareRun.folder(in, out(), "--max-bad-fraction", "0.005");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("is finished and has 1 files in quarantine.jsonl");
  }

  @Test
  void aValWithoutAUsablePictureIsToldAndNotDrawnFromTrain() throws IOException {
    Path in = copy();
    try (Stream<Path> held = Files.walk(in.resolve("val"))) {
      for (Path picture : held.filter(Files::isRegularFile).toList()) {
        Files.writeString(picture, "no picture");
      }
    }

    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    assertThat(run.err())
        .contains("no picture that the source holds out for val is usable: the dataset has no val");
    assertThat(PrepareRun.json(out().resolve("manifest.json")).at("/splits/val/examples").asInt())
        .isZero();
  }

  @Test
  void withoutAUsablePictureNothingIsMade() throws IOException {
    Path in = Files.createDirectories(folder.resolve("texts/class"));
    Files.writeString(in.resolve("1.jpg"), "no");
    ConsoleCapture run = PrepareRun.folder(in.getParent(), out());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("no usable training picture among 1 files");
    assertThat(out()).doesNotExist();

    ConsoleCapture absent = PrepareRun.folder(folder.resolve("nowhere"), out());
    assertThat(absent.exitCode()).isEqualTo(3);
    assertThat(absent.err()).contains("nowhere doesn't exist");
  }

  @Test
  void extremePicturesAreRejectedAndFailOnBadHoldsForAFinishedDatasetToo() throws IOException {
    Path in = copy();
    Path first = firstClass(in);
    Files.write(
        first.resolve("line.png"),
        convoy.data.image.Encoder.png(
            new convoy.data.image.Picture(40_000, 1, 1, new byte[40_000])));
    prepared(PrepareRun.folder(in, out()));
    assertThat(PrepareRun.quarantine(out()))
        .extracting(line -> line.get("reason").asText())
        .allMatch(reason -> reason.startsWith("extreme-aspect"))
        .hasSize(1);
    ConsoleCapture again = PrepareRun.folder(in, out(), "--bad-images", "fail");
    assertThat(again.exitCode()).isEqualTo(3);
    assertThat(again.err()).contains("1 files in quarantine.jsonl");
  }

  @Test
  void equalPicturesAreCountedRejectedOrEndTheJob() throws IOException {
    Path in = copy();
    Path first = first(in.resolve("train"));
    List<Path> classes;
    try (Stream<Path> folders = Files.list(in.resolve("train"))) {
      classes = folders.sorted().toList();
    }

    Files.copy(first, classes.get(1).resolve("copy.jpg"));
    Path second = classes.get(2).resolve("0000.jpg");
    Files.copy(second, in.resolve("val").resolve(classes.get(2).getFileName()).resolve("copy.jpg"));
    ConsoleCapture kept = PrepareRun.folder(in, out());
    prepared(kept);
    assertThat(kept.out())
        .contains("equal     1 pictures in two classes", "equal     1 pictures in both splits");
    ConsoleCapture fail = PrepareRun.folder(in, folder.resolve("fail"), "--duplicates", "fail");
    assertThat(fail.exitCode()).isEqualTo(3);
    assertThat(fail.err()).contains("1 in two classes, 1 in both splits, the first is");
    assertThat(folder.resolve("fail")).doesNotExist();
    Path clean = folder.resolve("clean");
    prepared(PrepareRun.folder(in, clean, "--duplicates", "quarantine"));
    assertThat(PrepareRun.quarantine(clean))
        .extracting(line -> line.get("reason").asText())
        .containsExactlyInAnyOrder(
            "duplicate-in-classes", "duplicate-in-classes", "duplicate-in-splits");
    JsonNode manifest = PrepareRun.json(clean.resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(158);
    assertThat(manifest.at("/splits/val/examples").asInt()).isEqualTo(33);
  }
}
