package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.engine.Precision;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static Stream<Workload> workloads(String network, boolean quick) {
    return new Agenda(List.of(network), List.of(1, 2), quick)
        .entries().stream().map(Agenda.Entry::workload);
  }

  @Test
  void theBatchGrowsWithTheThreadsAndOnnxRuntimeHas16() {
    assertThat(workloads("vgg16", true))
        .containsExactly(
            new Workload("vgg16", false, Mode.TRAIN, 1, 8),
            new Workload("vgg16", false, Mode.INFER, 1, 8),
            new Workload("vgg16", false, Mode.INFER, 1, 16),
            new Workload("vgg16", false, Mode.TRAIN, 2, 16),
            new Workload("vgg16", false, Mode.INFER, 2, 16));
  }

  @Test
  void auxiliaryClassifiersAreMeasuredInAFullRunOnly() {
    assertThat(workloads("googlenet", true)).noneMatch(Workload::heads);
    assertThat(workloads("googlenet", false))
        .filteredOn(Workload::heads)
        .containsExactly(
            new Workload("googlenet", true, Mode.TRAIN, 1, 16),
            new Workload("googlenet", true, Mode.TRAIN, 2, 32));
  }

  @Test
  void bfloat16IsMeasuredInAFullRunBesideLibtorchInBothLayouts() {
    assertThat(new Agenda(Agenda.NETWORKS, List.of(1), true).entries())
        .noneMatch(entry -> entry.workload().precision() == Precision.BFLOAT16);
    assertThat(new Agenda(Agenda.NETWORKS, List.of(1), false).entries())
        .filteredOn(entry -> entry.workload().precision() == Precision.BFLOAT16)
        .hasSize(4)
        .allMatch(
            entry ->
                entry
                    .engines()
                    .containsAll(List.of(Engine.LIBTORCH, Engine.LIBTORCH_CHANNELS_LAST)));
  }

  @Test
  void everyEngineIsAskedWhereItCanDoTheWorkload() {
    for (Agenda.Entry entry : new Agenda(Agenda.NETWORKS, List.of(1), false).entries()) {
      Workload workload = entry.workload();
      assertThat(entry.engines()).startsWith(Engine.CONVOY).contains(Engine.PRODUCT);
      if (workload.mode() == Mode.TRAIN && workload.precision() == Precision.FLOAT32) {
        assertThat(entry.engines()).contains(Engine.LIBTORCH, Engine.LIBTORCH_CHANNELS_LAST);
        // DL4J has no pools that extend beyond the edge, and needs a minute for an iteration of
        // VGG.
        assertThat(entry.engines().contains(Engine.DL4J))
            .isEqualTo(List.of("lenet5-modern", "alexnet-one-tower").contains(workload.network()));
      }
    }
  }

  @Test
  void aQuickRunMeasuresLargeNetworksThreeTimesAndAFullOneSeven() {
    Workload large = new Workload("vgg16", false, Mode.TRAIN, 1, 8);
    Workload small = new Workload("googlenet", false, Mode.TRAIN, 2, 32);
    Workload inference = new Workload("vgg16", false, Mode.INFER, 1, 8);
    assertThat(new Agenda(List.of(), List.of(), true).settings(large).rounds()).isEqualTo(3);
    assertThat(new Agenda(List.of(), List.of(), true).settings(inference).rounds()).isEqualTo(3);
    assertThat(new Agenda(List.of(), List.of(), true).settings(small).rounds()).isEqualTo(5);
    assertThat(new Agenda(List.of(), List.of(), false).settings(large).rounds()).isEqualTo(7);
  }

  @Test
  void trainingIsComparedForSeveralIterationsAndInferenceForOne() {
    Agenda full = new Agenda(List.of(), List.of(), false);
    assertThat(full.settings(new Workload("vgg16", false, Mode.TRAIN, 1, 8)).losses()).isEqualTo(3);
    assertThat(full.settings(new Workload("vgg16", false, Mode.INFER, 1, 8)).losses()).isEqualTo(1);
  }

  @Test
  void replicasShareTheMinibatchOfSeveralThreads() {
    assertThat(new Agenda(List.of("vgg16"), List.of(1, 2), true).replicas())
        .containsExactly(
            new Agenda.Entry(
                new Workload("vgg16", false, Mode.TRAIN, 2, 16),
                List.of(Engine.CONVOY, Engine.REPLICAS, Engine.PRODUCT)),
            new Agenda.Entry(
                new Workload("vgg16", false, Mode.INFER, 2, 16),
                List.of(Engine.CONVOY, Engine.REPLICAS, Engine.PRODUCT)));
  }

  @Test
  void libtorchOfSeveralThreadsIsTriedWithOneOfOpenBlasToo() {
    assertThat(Engine.libtorch(1)).containsExactly(Engine.LIBTORCH, Engine.LIBTORCH_CHANNELS_LAST);
    assertThat(Engine.libtorch(2))
        .contains(Engine.LIBTORCH_SERIAL, Engine.LIBTORCH_CHANNELS_LAST_SERIAL);
    assertThat(Engine.LIBTORCH_SERIAL.environment()).containsEntry("OPENBLAS_NUM_THREADS", "1");
    assertThat(Engine.LIBTORCH.environment()).doesNotContainKey("OPENBLAS_NUM_THREADS");
    assertThat(Engine.DL4J.environment()).isEmpty();
  }
}
