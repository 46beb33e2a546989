package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
  @TempDir private Path folder;

  @Test
  void picturesAreDrawnOnceAndASecondRunChangesNothing() throws IOException {
    Path out = folder.resolve("pictures");
    ConsoleCapture first = generate(out, "--per-class", "5");

    assertThat(first.exitCode()).isZero();
    assertThat(first.out())
        .isEqualTo("pictures drawn into " + out + ": 2 classes, train 10, val 4\n");
    List<String> files = files(out);
    assertThat(files).hasSize(15);

    ConsoleCapture second = generate(out, "--per-class", "5");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).startsWith("nothing to do");
    assertThat(files(out)).isEqualTo(files);
  }

  @Test
  void whatAKilledRunLeftIsDoneAnew() throws IOException {
    Path out = folder.resolve("pictures");
    assertThat(generate(out, "--per-class", "3").exitCode()).isZero();
    Path mark = out.resolve(".convoy-generate.json");
    Files.writeString(mark, Files.readString(mark).replace("true", "false"));
    Files.delete(
        out.resolve(
            files(out).stream()
                .filter(f -> f.startsWith("val"))
                .toList()
                .get(0)
                .replaceFirst(" .*", "")));

    assertThat(generate(out, "--per-class", "3").out()).startsWith("pictures drawn");
    assertThat(files(out)).hasSize(6 + 4 + 1);
  }

  @Test
  void whatWasDeletedSinceIsDrawnAgainAndNothingElseGoes() throws IOException {
    Path out = folder.resolve("pictures");
    assertThat(generate(out, "--per-class", "3").exitCode()).isZero();
    Path circle = out.resolve("train/circle");
    byte[] first = Files.readAllBytes(circle.resolve("0000.jpg"));
    for (String name : List.of("0000.jpg", "0001.jpg", "0002.jpg")) {
      Files.delete(circle.resolve(name));
    }

    Files.delete(circle);
    Path own = Files.write(out.resolve("val/own.jpg"), first);

    assertThat(generate(out, "--per-class", "3").out()).startsWith("pictures drawn");
    assertThat(circle.resolve("0000.jpg")).hasBinaryContent(first);
    assertThat(own).exists();
    assertThat(generate(out, "--per-class", "3").out()).startsWith("nothing to do");
  }

  @Test
  void otherContentIsRefusedUnlessItMayBeReplaced() throws IOException {
    Path out = folder.resolve("pictures");
    assertThat(generate(out, "--per-class", "3").exitCode()).isZero();
    List<String> files = files(out);

    ConsoleCapture refused = generate(out, "--per-class", "4");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains(out.toString(), "--overwrite").hasLineCount(1);
    assertThat(files(out)).isEqualTo(files);
    assertThat(generate(out, "--per-class", "4", "--overwrite").exitCode()).isZero();
  }

  @Test
  void overwriteDeletesNothingForWrongNumbersAndMendsWhatIsMissing() throws IOException {
    Path out = folder.resolve("pictures");
    assertThat(generate(out, "--per-class", "3").exitCode()).isZero();
    List<String> files = files(out);
    assertThat(generate(out, "--per-class", "0", "--overwrite").exitCode()).isEqualTo(2);
    assertThat(files(out)).isEqualTo(files);
    for (String file : files) {
      if (file.startsWith("train")) {
        Files.delete(out.resolve(file.replaceFirst(" .*", "")));
      }
    }

    assertThat(generate(out, "--per-class", "3", "--overwrite").out()).startsWith("pictures drawn");
    assertThat(files(out)).hasSameSizeAs(files);
  }

  @Test
  void wrongNumbersAreOneLineAndLeaveNoFolderThatLooksBegun() {
    ConsoleCapture console =
        ConsoleCapture.of("generate", "--out", folder.toString(), "--classes", "1");

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).startsWith("convoy generate: classes").hasLineCount(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(ConsoleCapture.of("generate").err()).contains("--out");
  }

  private static ConsoleCapture generate(Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("generate", "--out", out.toString(), "--classes", "2", "--size", "24"));
    arguments.addAll(List.of(more));
    return ConsoleCapture.of(arguments.toArray(String[]::new));
  }

  /** Relative path and time of change of each file. */
  private static List<String> files(Path out) throws IOException {
    try (Stream<Path> tree = Files.walk(out)) {
      List<String> files = new ArrayList<>();
      for (Path path : tree.filter(Files::isRegularFile).sorted().toList()) {
        files.add(out.relativize(path) + " " + Files.getLastModifiedTime(path));
      }

      return files;
    }
  }
}
