package convoy.jobs.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.evaluate.EvaluationResult.ClassLabel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTextTest {
  private static EvaluationResult result(int classes, int examples) {
    List<ClassLabel> labels = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      labels.add(new ClassLabel("class" + label, label == 0 ? "the first one" : null));
    }

    RowGroupTally tally = new RowGroupTally(0, examples);
    for (int k = 0; k < examples; k++) {
      float[] probabilities = new float[classes];
      probabilities[k % 3 == 0 ? (k + 1) % classes : k % classes] = 1;
      tally.add(k % classes, probabilities);
    }

    return EvaluationResult.of(List.of(tally), 1, labels);
  }

  @Test
  void theFirstLineIsTheResult() {
    assertThat(EvaluationText.of(result(10, 10_000), 200).lines())
        .startsWith("top-1 0.6666 (10,000 examples)")
        .anyMatch(line -> line.contains("class0 the first one"))
        .anyMatch(line -> line.startsWith("confusion"));
  }

  @Test
  void aMatrixThatIsTooWideGivesWayToItsConfusions() {
    assertThat(EvaluationText.of(result(20, 60), 145)).contains("rows are true labels");
    assertThat(EvaluationText.of(result(20, 60), 80).lines())
        .anyMatch(line -> line.contains(" taken for "))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void top5IsShownFromSixClassesOn() {
    assertThat(EvaluationText.of(result(6, 60), 200).lines())
        .anyMatch(line -> line.startsWith("top-5"));
    assertThat(EvaluationText.of(result(5, 50), 200).lines())
        .noneMatch(line -> line.startsWith("top-5"));
  }

  @Test
  void manyClassesShowTheMostFrequentConfusionsOnly() {
    List<String> lines = EvaluationText.of(result(150, 3000), 200).lines().toList();
    assertThat(lines)
        .hasSizeLessThan(150 + 30)
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(100))
        .anyMatch(line -> line.contains(" taken for "));
  }
}
