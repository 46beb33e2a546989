package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.KilledFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs that are killed while they change a file. */
@Tag("slow")
class TrainKilledIT extends OnStoppedRun {

  @BeforeEach
  void killable() {
    KilledFileSystem.install();
  }

  @AfterEach
  void unkillable() {
    KilledFileSystem.uninstall();
  }

  @Test
  void aRunKilledBeforeOrAfterAnyChangeOfAFileContinuesToTheSameBytes() throws IOException {
    List<String> changes = KilledFileSystem.record();
    assertThat(train(own.resolve("undisturbed")).exitCode()).isZero();
    KilledFileSystem.never();
    Set<Integer> moments = moments(changes);
    System.out.printf("%d of %d moments%n", moments.size(), changes.size());
    assertThat(moments).hasSizeGreaterThan(20);
    for (int moment : moments) {
      Path killed = own.resolve("killed-" + moment);
      KilledFileSystem.after(moment);
      train(killed);
      KilledFileSystem.never();
      declareDead(killed);
      ConsoleCapture resumed = train(killed, "--resume");
      assertThat(resumed.exitCode()).as("after %d: %s", moment, resumed.err()).isZero();
      assertSame(killed, "after %d changes, before %s".formatted(moment, next(changes, moment)));
      TrainRun.delete(killed);
    }
  }

  private static String next(List<String> changes, int moment) {
    return moment < changes.size() ? changes.get(moment) : "the end";
  }

  /** The moments before and after the first and the last change of each kind. */
  private static Set<Integer> moments(List<String> changes) {
    Set<Integer> moments = new TreeSet<>();
    for (String change : Set.copyOf(changes)) {
      if (!change.startsWith("create") && !change.startsWith("mkdirs")) {
        for (int at : List.of(changes.indexOf(change), changes.lastIndexOf(change))) {
          moments.add(at);
          moments.add(at + 1);
        }
      }
    }

    return moments;
  }

  /** The owner is this process, which goes on living. */
  private static void declareDead(Path run) throws IOException {
    Path status = run.resolve("status.json");
    if (Files.exists(status)) {
      Files.writeString(status, Files.readString(status).replace("\"running\"", "\"failed\""));
    }
  }

  private void assertSame(Path killed, String moment) throws IOException {
    List<String> files;
    try (Stream<Path> all = Files.walk(whole)) {
      files =
          all.filter(Files::isRegularFile)
              .map(file -> whole.relativize(file).toString())
              .filter(file -> !file.matches("status.json|metrics.jsonl|.*/model.json"))
              .filter(file -> !file.endsWith("/manifest.json")) // It has the hash of model.json.
              .toList();
    }

    assertThat(files).contains("model/weights.safetensors", "best/weights.safetensors");
    for (String file : files) {
      assertThat(killed.resolve(file))
          .as("%s, killed %s", file, moment)
          .hasSameBinaryContentAs(whole.resolve(file));
    }

    run = killed;
    assertThat(rounds()).as("killed %s", moment).containsExactly(1, 2, 3, 4);
    assertThat(evaluatedEpochs()).as("killed %s", moment).containsExactly(1, 2);
  }
}
