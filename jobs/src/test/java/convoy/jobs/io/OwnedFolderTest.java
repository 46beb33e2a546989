package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.OwnedFolder.State;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnedFolderTest {
  private static final String MARKER = "_marker";
  private static final ObjectNode CONTENT =
      JsonNodeFactory.instance.objectNode().put("argument", 1);

  private final Configuration configuration = HadoopSettings.local().configuration();
  @TempDir private Path temporary;

  @AfterEach
  void revive() {
    KilledFileSystem.never();
  }

  private KilledRuns runs(String marker, String last) {
    return new KilledRuns(
        configuration, new org.apache.hadoop.fs.Path(temporary.toUri()), marker, last);
  }

  private OwnedFolder open() throws IOException {
    return runs(MARKER, KilledRuns.LAST).open("out");
  }

  private void file(String name) throws IOException {
    Path file = temporary.resolve("out").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, name);
  }

  @ParameterizedTest
  @CsvSource({
    // files in the folder; whether the command accepts them as finished, as begun; the state
    "'',                     false, false, EMPTY",
    "'',                     true,  true,  EMPTY",
    ".hidden,                false, false, EMPTY",
    "_marker,                false, true,  UNFINISHED",
    "_marker a,              false, true,  UNFINISHED",
    "_marker a .hidden,      false, true,  UNFINISHED",
    "_marker a,              false, false, FOREIGN",
    "_marker a thesis.txt,   false, true,  FOREIGN",
    "_marker thesis.txt,     false, true,  FOREIGN",
    "a,                      false, false, FOREIGN",
    "thesis.txt,             false, false, FOREIGN",
    "thesis.txt,             false, true,  FOREIGN",
    "_last a b,              true,  false, FINISHED",
    "_last a b _marker,      true,  true,  FINISHED",
    "_last a b thesis.txt,   true,  false, FINISHED",
    "_last a,                false, true,  UNFINISHED",
  })
  void whatLiesThereTellsTheState(String names, boolean finished, boolean begun, State state)
      throws IOException {
    for (String name : names.split(" +", -1)) {
      if (!name.isEmpty()) {
        file(name);
      }
    }

    OwnedFolder.Contents contents = open().contents();
    assertThat(contents.state(finished, begun)).isEqualTo(state);
    assertThat(state.isFree()).isEqualTo(state == State.EMPTY || state == State.UNFINISHED);
    assertThat(contents.foreign().contains("thesis.txt")).isEqualTo(names.contains("thesis.txt"));
    assertThat(contents.visible()).doesNotContainKey(".hidden");
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws IOException {
    Files.writeString(temporary.resolve("out"), "x");
    assertThatThrownBy(() -> open().contents())
        .isInstanceOfSatisfying(
            UserException.class,
            refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("out is a file: name a folder");
  }

  @Test
  void theRunThatTookTheFolderLastOwnsItAndTheOtherOneStops() throws IOException {
    OwnedFolder first = open();
    first.take(CONTENT);
    assertThat(first.isOwn()).isTrue();
    OwnedFolder second = open();
    assertThat(second.isOthers()).isTrue();
    second.take(CONTENT);
    assertThat(first.isOwn()).isFalse();
    assertTakenOver(first::requireOwn);
    assertTakenOver(() -> first.write("a", "x"));
    assertTakenOver(() -> first.finish(() -> first.write(KilledRuns.LAST, "x")));
    first.abandon();
    assertThat(second.isOwn()).isTrue();
    assertThat(second.contents().marker()).isEqualTo(CONTENT);
    second.finish(() -> second.write(KilledRuns.LAST, "x"));
    first.abandon();
    assertTakenOver(first::requireOwn);
    assertThat(temporary.resolve("out")).isDirectoryContaining("glob:**/_last");
  }

  private static void assertTakenOver(Taken step) {
    assertThatThrownBy(step::run)
        .isInstanceOfSatisfying(
            UserException.class, taken -> assertThat(taken.exitCode()).isEqualTo(ExitCode.FAILURE))
        .hasMessageContaining("was taken over by another run of test");
  }

  private interface Taken {
    void run() throws IOException;
  }

  @Test
  void aDamagedMarkerNamesNoOwner() throws IOException {
    OwnedFolder folder = open();
    file(MARKER); // Its text is not JSON.
    assertThat(folder.contents().marker().isMissingNode()).isTrue();
    assertThat(folder.isOwn()).isFalse();
    assertThat(folder.isOthers()).isTrue();
  }

  @Test
  void aFailedRunLeavesNothingUnlessAFileIsThere() throws IOException {
    OwnedFolder folder = open();
    folder.take(CONTENT);
    folder.abandon();
    assertThat(temporary.resolve("out")).doesNotExist();

    Files.createDirectory(temporary.resolve("out"));
    OwnedFolder there = open();
    there.take(CONTENT);
    there.abandon();
    assertThat(temporary.resolve("out")).isEmptyDirectory();

    there.take(CONTENT);
    there.write("a", "x");
    there.abandon();
    assertThat(open().contents().visible()).containsOnlyKeys(MARKER, "a");
  }

  @Test
  void whatStaysIsNotCleared() throws IOException {
    file("a");
    file("thesis.txt");
    file("folder/c");
    file(".hidden");
    open().replace(CONTENT, "thesis.txt"::equals);
    try (var files = Files.list(temporary.resolve("out"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(MARKER, "thesis.txt");
    }
  }

  @ParameterizedTest
  @CsvSource({"_marker, _last", ".hidden-marker, _last", "_marker, _marker", ".one, .one"})
  void aKillAtAnyMomentLeavesAFolderThatTheNextRunCompletes(String marker, String last)
      throws IOException {
    configuration.set("fs.file.impl", KilledFileSystem.class.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    KilledRuns runs = runs(marker, last);
    assertThat(runs.killEverywhere(null, false)).isGreaterThan(14);
    assertThat(runs.killEverywhere("old", true)).isGreaterThan(20);
    assertThat(runs.killEverywhere("new", true)).isGreaterThan(20);
  }
}
