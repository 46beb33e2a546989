package convoy.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByEpochTest {
  private static final Kind<ByEpoch<Integer>> KIND = ByEpoch.kind(Kinds.whole(1, 100));

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 1", "5, 3", "9, 3", "10, 8", "1000, 8"})
  void eachValueHoldsUntilItsEpochIsReached(int epoch, int value) {
    ByEpoch<Integer> values = parse("1 to epoch 5", "3 to epoch 10", 8);
    assertThat(values.at(epoch)).isEqualTo(value);
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    ByEpoch<Integer> values = parse("1 to epoch 5", "3  to  epoch 10 ", "8");
    assertThat(KIND.write().apply(values)).isEqualTo(List.of("1 to epoch 5", "3 to epoch 10", 8));
    assertThat(KIND.parse().apply(KIND.write().apply(values))).isEqualTo(values);
  }

  @Test
  void aListThatSaysNothingDefiniteIsRefusedWithTheReason() {
    assertRefused("the last value must have no end", "1 to epoch 5");
    assertRefused("the last value must have no end");
    assertRefused(
        "epoch 5 comes after epoch 5; epochs must rise", "1 to epoch 5", "2 to epoch 5", 3);
    assertRefused("epoch 0 comes after epoch 0; epochs must rise, from 1 on", "1 to epoch 0", 3);
    assertRefused("a value without an end must be the last", 1, 2);
    assertRefused("'0' is not a whole number from 1 to 100", "0 to epoch 5", 3);
    assertRefused("'1 until 5' is not a whole number from 1 to 100", "1 until 5", 3);
    assertThatThrownBy(() -> KIND.parse().apply("1 to epoch 5, 3"))
        .hasMessage("'1 to epoch 5, 3' is not a list such as [1 to epoch 5, 10]");
  }

  private static void assertRefused(String reason, Object... stages) {
    assertThatThrownBy(() -> parse(stages))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(reason);
  }

  private static ByEpoch<Integer> parse(Object... stages) {
    return KIND.parse().apply(List.of(stages));
  }
}
