package convoy.zoo.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import convoy.zoo.Avx512;
import convoy.zoo.Zoo;
import convoy.zoo.engine.EngineException;
import convoy.zoo.engine.MicroBatches;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import convoy.zoo.plan.memory.Capacity;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the plan promises beyond what every engine promises. */
class PlanNetworkTest {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);

  private static Graph graph(String name, int pixels) {
    Architecture architecture = Zoo.architecture(name);
    Architecture.Options paper = architecture.defaults();
    return architecture.graph(
        new Architecture.Options(10, pixels, paper.inputChannels(), 0, "paper"));
  }

  private static PlanNetwork training(Graph graph, int batch, int threads, Set<String> frozen) {
    return (PlanNetwork)
        PlanNetwork.open(new NetworkSpec(graph, SGD, batch, threads).withFrozen(frozen));
  }

  /**
   * This covers the forward pass and both gradients of every layer, except that the first layer's
   * picture needs none.
   */
  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "alexnet-one-tower", "googlenet"})
  void everyConvolutionIsCompiledAndNoPartOfAConcatenationChangesItsLayout(String name) {
    Graph graph = graph(name, 127);
    try (PlanNetwork network = training(graph, 2, 1, Set.of())) {
      List<String> lines = network.lines();
      assertThat(lines).noneMatch(line -> line.contains("[ref"));
      assertThat(lines)
          .filteredOn(line -> line.contains(" part reorder"))
          .extracting(line -> line.substring(0, line.indexOf(' ')))
          .isEqualTo(branchesWithoutBlockedCode(name));
      long convolutions =
          graph.nodes().stream().filter(node -> node.layer().kind().equals("convolution")).count();
      assertThat(lines)
          .filteredOn(line -> line.matches("\\S*(conv|inception|auxiliary)\\S* weights gradient.*"))
          .hasSizeGreaterThanOrEqualTo((int) convolutions);
    }
  }

  /** Without AVX-512, oneDNN has no blocked code for 5 x 5 kernels on planes of 4 x 4 pixels. */
  private static List<String> branchesWithoutBlockedCode(String name) {
    return name.equals("googlenet") && !Avx512.isThere()
        ? List.of("inception5a.5x5", "inception5b.5x5")
        : List.of();
  }

  @Test
  void aFrozenLayerHasNoLinesInTheBackwardPass() {
    Graph graph = graph("alexnet-one-tower", 63);
    Set<String> frozen = Set.of("conv1", "pool1", "conv2", "pool2", "conv3");
    try (PlanNetwork network = training(graph, 2, 1, frozen)) {
      assertThat(network.lines())
          .noneMatch(line -> line.startsWith("conv3 weights") || line.startsWith("pool2 input"))
          .noneMatch(line -> line.startsWith("conv4 input gradient"))
          .anyMatch(line -> line.startsWith("conv4 weights gradient"));
    }
  }

  @Test
  void aMinibatchLargerThanTheMachineIsRefusedAndNothingElseIsHarmed() {
    Graph graph = graph("vgg16", 224);
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> training(graph, 20_000, 1, Set.of()))
        // With AVX-512, oneDNN itself gives up. With its code for AVX2, the plan is made and needs
        // too much memory.
        .withMessageMatching(
            Avx512.isThere()
                ? "vgg16: oneDNN compiles no minibatches of 20000 pictures.*"
                : "vgg16 needs 1\\d{6} MB of native memory, but the machine has \\d+ MB: .*")
        .withMessageContaining("take smaller minibatches");
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> Capacity.require("vgg16", 1L << 50))
        .withMessageMatching(
            "vgg16 needs 1073741824 MB of native memory, but the machine has \\d+ MB:.*");
    aPictureGivesProbabilities(graph);
  }

  /** The first dense layer of this network alone has half a billion weights. */
  @Test
  void moreParametersThanJavaSeesInOnePieceAreRefused() {
    Graph graph = graph("vgg16", 512);
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(() -> training(graph, 1, 1, Set.of()))
        .withMessageContaining("a Java buffer holds 2048 at most")
        .withMessageContaining("smaller pictures");
  }

  private static void aPictureGivesProbabilities(Graph graph) {
    Minibatch one = Minibatch.drawn(graph, 1, 1);
    FloatBuffer probabilities = Minibatch.direct(graph.classes());
    try (Network network = PlanNetwork.open(new NetworkSpec(graph, null, 1, 1))) {
      network.initialize(1);
      network.predict(one.images(), 1, probabilities);
      assertThat(probabilities.get(0)).isPositive();
    }
  }

  /** Each Spark task is a different thread, and OpenMP would keep a team of threads for each. */
  @Test
  void twoHundredThreadsInTurnGiveTheSameFloatsOnTheSameNativeThreads() throws Exception {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch batch = Minibatch.drawn(graph, 6, 1);
    try (Network network = training(graph, 6, 2, Set.of())) {
      network.initialize(42);
      double loss = network.computeGradient(batch.images(), batch.labels(), 6, 0);
      float[] gradient = Minibatch.values(network.gradient());
      int before = nativeThreads();
      for (int i = 0; i < 200; i++) {
        double[] again = new double[1];
        Thread thread =
            new Thread(
                () -> again[0] = network.computeGradient(batch.images(), batch.labels(), 6, 0));
        thread.start();
        thread.join();
        assertThat(again[0]).isEqualTo(loss);
      }

      assertThat(Minibatch.values(network.gradient())).isEqualTo(gradient);
      // The virtual machine's own threads come and go, so the count is not exact.
      assertThat(nativeThreads()).isLessThan(before + 20);
    }
  }

  private static int nativeThreads() throws Exception {
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      return Math.toIntExact(tasks.count());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anInterruptedCallerWaitsForTheEndAndStaysInterrupted(int threads) {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch batch = Minibatch.drawn(graph, 6, 1);
    try (Network network = training(graph, 6, threads, Set.of())) {
      network.initialize(42);
      double loss = network.computeGradient(batch.images(), batch.labels(), 6, 0);
      Thread.currentThread().interrupt();
      double interrupted = network.computeGradient(batch.images(), batch.labels(), 6, 0);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupted).isEqualTo(loss);
    }
  }

  @Test
  void activationsAreThoseOfTheLastPredictionAndNeverWhatTrainingLeftInTheirPlace() {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch batch = Minibatch.drawn(graph, 6, 1);
    FloatBuffer logits = Minibatch.direct(6 * 10);
    try (Network network = training(graph, 6, 1, Set.of())) {
      network.initialize(42);
      assertThatIllegalStateException()
          .isThrownBy(() -> network.activations("fc5", 6, logits))
          .withMessageContaining("predict first");
      network.predict(batch.images(), 6, Minibatch.direct(6 * 10));
      network.activations("fc5", 6, logits);
      network.computeGradient(batch.images(), batch.labels(), 6, 0);
      assertThatIllegalStateException().isThrownBy(() -> network.activations("fc5", 6, logits));
    }
  }

  /**
   * A minibatch runs in a plan whose size is the next power of two. The places that fill it up must
   * change nothing.
   */
  @Test
  void everySizeUpToTheBatchGivesTheMeanOfItsPictures() {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch whole = Minibatch.drawn(graph, 13, 1);
    try (Network network = training(graph, 13, 1, Set.of())) {
      network.initialize(42);
      double sum = 0;
      for (int i = 0; i < 13; i++) {
        Minibatch one = whole.part(i, i + 1);
        sum += network.computeGradient(one.images(), one.labels(), 1, 0);
        Minibatch front = whole.part(0, i + 1);
        double loss = network.computeGradient(front.images(), front.labels(), i + 1, 0);
        assertThat(loss).isCloseTo(sum, within(1e-4));
      }
    }
  }

  @Test
  void aMinibatchInPartsGivesTheGradientAndProbabilitiesOfTheWhole() {
    Graph graph = graph("lenet5-modern", 28);
    Minibatch batch = Minibatch.drawn(graph, 11, 1);
    try (Network whole = training(graph, 11, 1, Set.of());
        Network parts = PlanNetwork.open(new NetworkSpec(graph, SGD, 11, 1).withMicroBatch(4))) {
      whole.initialize(42);
      parts.initialize(42);
      double loss = whole.computeGradient(batch.images(), batch.labels(), 11, 0);
      assertThat(parts.computeGradient(batch.images(), batch.labels(), 11, 0))
          .isCloseTo(loss, within(1e-4));
      float[] expected = Minibatch.values(whole.gradient());
      float[] actual = Minibatch.values(parts.gradient());
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
      }

      FloatBuffer one = Minibatch.direct(11 * 10);
      FloatBuffer other = Minibatch.direct(11 * 10);
      whole.predict(batch.images(), 11, one);
      parts.predict(batch.images(), 11, other);
      for (int i = 0; i < 11 * 10; i++) {
        assertThat(other.get(i)).isCloseTo(one.get(i), within(1e-6f));
      }
    }
  }

  @Test
  void largeNetworksGoInPartsThatFitAndBatchNormalizationAsAWhole() {
    assertThat(MicroBatches.of(graph("lenet5-modern", 28), 4096)).isEqualTo(4096);
    assertThat(MicroBatches.of(graph("alexnet-one-tower", 224), 64)).isEqualTo(64);
    assertThat(MicroBatches.of(graph("vgg16", 224), 64)).isEqualTo(16);
    Graph normalized =
        Zoo.architecture("vgg16")
            .graph(new Architecture.Options(10, 224, 3, 0, "paper", "paper", true));
    assertThat(MicroBatches.of(normalized, 64)).isEqualTo(64);
  }
}
