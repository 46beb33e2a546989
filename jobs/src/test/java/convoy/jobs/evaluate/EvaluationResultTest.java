package convoy.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import convoy.jobs.evaluate.EvaluationResult.ClassLabel;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationResultTest {
  private static final List<ClassLabel> CLASSES =
      List.of(new ClassLabel("cat", "house cat"), new ClassLabel("dog", null));

  private static RowGroupTally tally(int rowGroup, int expected, float... ofCat) {
    RowGroupTally tally = new RowGroupTally(rowGroup, expected);
    for (float cat : ofCat) {
      tally.add(0, new float[] {cat, 1 - cat});
    }

    return tally;
  }

  @Test
  void sumsAreTheSameInAnyOrderOfArrival() {
    RowGroupTally first = tally(0, 2, 0.75f, 0.25f);
    RowGroupTally second = tally(1, 1, 0.5f);
    EvaluationResult one = EvaluationResult.of(List.of(first, second), 2, CLASSES);

    assertThat(EvaluationResult.of(List.of(second, first), 2, CLASSES)).isEqualTo(one);
    assertThat(one.examples()).isEqualTo(3);
    assertThat(one.top1()).isEqualTo(2.0 / 3);
    assertThat(one.loss())
        .isCloseTo(-(Math.log(0.75) + Math.log(0.25) + Math.log(0.5)) / 3, within(1e-12));
  }

  @Test
  void fewerThanFiveClassesMakeTop5All() {
    assertThat(EvaluationResult.of(List.of(tally(0, 1, 0f)), 1, CLASSES).top5()).isEqualTo(1);
  }

  @Test
  void aProbabilityOfZeroCostsMuchButNotInfinity() {
    assertThat(EvaluationResult.of(List.of(tally(0, 1, 0f)), 1, CLASSES).loss())
        .isBetween(87.0, 88.0);
  }

  @Test
  void aModelThatGivesNanHasNanLossAndNoHits() {
    EvaluationResult result = EvaluationResult.of(List.of(tally(0, 2, Float.NaN, 1f)), 1, CLASSES);
    assertThat(result.loss()).isNaN();
    assertThat(result.top5()).isEqualTo(0.5);
  }

  @Test
  void confusionHasTrueClassesInRowsAndAClassWithoutExamplesHasNoAccuracy() {
    EvaluationResult result = EvaluationResult.of(List.of(tally(0, 3, 1f, 0f, 0f)), 1, CLASSES);
    assertThat(result.confusion()).containsExactly(List.of(1L, 2L), List.of(0L, 0L));
    assertThat(result.perClass().get(0).accuracy()).isEqualTo(1.0 / 3);
    assertThat(result.perClass().get(1).accuracy()).isNull();
  }

  @Test
  void anExampleMissingDoubledOrTooManyIsAnError() {
    assertThatThrownBy(() -> EvaluationResult.of(List.of(tally(0, 2, 1f)), 1, CLASSES))
        .hasMessage("row group 0 gave 1 of the 2 examples in the manifest");
    assertThatThrownBy(() -> EvaluationResult.of(List.of(tally(0, 1, 1f)), 2, CLASSES))
        .hasMessage("1 row groups came back of 2 in the manifest");
    assertThatThrownBy(
            () -> EvaluationResult.of(List.of(tally(0, 1, 1f), tally(0, 1, 1f)), 2, CLASSES))
        .hasMessageContaining("row group 1 is missing");
    assertThatThrownBy(() -> tally(0, 1, 1f, 1f)).hasMessageContaining("more than the 1 rows");
  }
}
