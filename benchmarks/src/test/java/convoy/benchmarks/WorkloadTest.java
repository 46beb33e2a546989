package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.graph.Dropout;
import org.junit.jupiter.api.Test;

class WorkloadTest {
  @Test
  void trainingIsThreeForwardPassesWithoutTheGradientOfThePicture() {
    // The terms are conv1 28 x 28 x 6 x 25, conv2 10 x 10 x 16 x 150, and then 400 x 120, 120 x 84
    // and 84 x 10.
    double first = 117_600;
    double others = 240_000 + 48_000 + 10_080 + 840;
    Workload training = new Workload("lenet5-modern", false, Mode.TRAIN, 1, 64);
    Workload inference = new Workload("lenet5-modern", false, Mode.INFER, 1, 64);
    assertThat(inference.operations()).isEqualTo(2 * 64 * (first + others));
    assertThat(training.operations()).isEqualTo(2 * 64 * (2 * first + 3 * others));
  }

  @Test
  void dropoutIsOffWhereLossesAreCompared() {
    Workload workload = new Workload("alexnet-one-tower", false, Mode.TRAIN, 1, 16);
    assertThat(workload.graph(false).nodes())
        .noneMatch(node -> node.layer() instanceof Dropout dropout && dropout.rate() > 0);
    assertThat(workload.graph(true).nodes())
        .anyMatch(node -> node.layer() instanceof Dropout dropout && dropout.rate() > 0);
  }

  @Test
  void auxiliaryClassifiersAreThereWhenAskedFor() {
    Workload without = new Workload("googlenet", false, Mode.TRAIN, 1, 16);
    Workload with = new Workload("googlenet", true, Mode.TRAIN, 1, 16);
    assertThat(without.graph(true).heads()).isEmpty();
    assertThat(with.graph(true).heads()).hasSize(2);
    assertThat(with.label()).isEqualTo("googlenet+heads");
  }
}
