package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.io.KilledFileSystem;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scoring that is killed before each single change of the file system. */
class ScoreKilledIT {
  private static final int PICTURES = 12;

  @TempDir private Path folder;
  private Path model;
  private Path in;

  @BeforeEach
  void write() throws IOException {
    model = UntrainedModel.small(folder.resolve("model"), 1, "cat", "dog", "eel");
    in = folder.resolve("in");
    for (int i = 0; i < PICTURES; i++) {
      ScoreRun.write(in.resolve("p" + i + ".png"), ScoreRun.picture(i));
    }

    KilledFileSystem.install();
  }

  @AfterEach
  void unkillable() {
    KilledFileSystem.uninstall();
  }

  @Test
  void theNextRunGivesEveryFileOneRowAndTheSameRows() throws Exception {
    KilledFileSystem.never();
    Map<String, JsonNode> whole = scored(folder.resolve("undisturbed"));
    assertThat(whole).hasSize(PICTURES);
    boolean killed = true;
    int changes = 0;
    for (; killed; changes++) {
      Path out = folder.resolve("out-" + changes);
      KilledFileSystem.after(changes);
      killed = ScoreRun.run(ScoreRun.arguments(model, in, out, "jsonl")).exitCode() != 0;
      KilledFileSystem.never();
      assertThat(scored(out)).as("after %d changes", changes).isEqualTo(whole);
      assertThat(ScoreRun.visible(out))
          .as("after %d changes", changes)
          .allMatch(name -> name.matches("_manifest|part-\\d+.jsonl"));
    }

    assertThat(changes).isGreaterThan(8);
  }

  private Map<String, JsonNode> scored(Path out) throws IOException {
    ConsoleCapture run = ScoreRun.run(ScoreRun.arguments(model, in, out, "jsonl"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return ScoreRun.rows(out);
  }
}
