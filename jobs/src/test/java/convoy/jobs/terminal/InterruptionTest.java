package convoy.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptionTest {
  @Test
  void theCommandThatGoesOnCanBePastedIntoAShell() {
    assertThat(
            Interruption.line(
                "scripts/convoy --master 'local[2]' ",
                List.of("prepare", "--in", "my pictures", "--out", "it's", "--seed=7", "")))
        .isEqualTo(
            "scripts/convoy --master 'local[2]' prepare --in 'my pictures' --out 'it'\\''s'"
                + " --seed=7 ''");
    assertThat(Interruption.line(null, List.of("score"))).isEqualTo("convoy score");
  }

  @ParameterizedTest
  @CsvSource({"xterm, true", "dumb, false", "'', false", ", false"})
  void onlyATerminalThatMovesItsCursorIsDrawnOn(String term, boolean moves) {
    assertThat(Terminal.moves(term)).isEqualTo(moves);
  }
}
