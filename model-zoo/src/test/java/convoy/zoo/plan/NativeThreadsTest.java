package convoy.zoo.plan;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Activation.RELU;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.natives.Nd4jRuntime;
import convoy.zoo.optimizer.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests several networks in one process, as the workers of local[2] have them. */
@EnabledOnOs(OS.LINUX)
class NativeThreadsTest {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 2, 0);
  private static final int WORKERS = 2;
  private static final int ROUNDS = 10;

  /** Native threads get the name of the thread that started them, cut to 15 characters. */
  private static final String TASK = "task of a test";

  /** No other test uses this name. */
  private static final Graph GRAPH =
      GraphBuilder.build(
          "workers",
          new Shape(3, 32, 32),
          10,
          net -> {
            net.convolution("a", 16, kernel(5), Weights.of(new Initializer.Glorot()), RELU);
            net.fullyConnected("b", 10, Weights.of(new Initializer.Glorot()), NONE);
            net.softmax("softmax");
          });

  private final Minibatch batch = Minibatch.drawn(GRAPH, 8, 1);

  /**
   * Libraries start threads of their own, which would get the name of the thread that loads the
   * library.
   */
  @BeforeAll
  static void load() {
    Nd4jRuntime.load();
  }

  @Test
  void networksOfOneThreadComputeOnTheirCallersAlone() throws Exception {
    assertThat(mostThreads(1, TASK)).isEqualTo(WORKERS);
  }

  @Test
  void networksOfTwoThreadsKeepTwoEachWhoeverCalls() throws Exception {
    assertThat(mostThreads(2, "convoy-workers")).isEqualTo(WORKERS * 2);
    assertThat(mostThreads(2, TASK)).isEqualTo(WORKERS);
  }

  /**
   * Runs rounds of new callers that work at the same time. Each network must give the same floats
   * as when it runs alone.
   */
  private int mostThreads(int threads, String name) throws Exception {
    List<Network> networks = new ArrayList<>();
    try {
      for (int i = 0; i < WORKERS; i++) {
        networks.add(PlanNetwork.open(new NetworkSpec(GRAPH, SGD, batch.size(), threads)));
        networks.get(i).initialize(42);
      }

      double alone = gradient(networks.get(0));
      int most = 0;
      for (int round = 0; round < ROUNDS; round++) {
        CyclicBarrier together = new CyclicBarrier(WORKERS + 1);
        List<FutureTask<Double>> tasks = new ArrayList<>();
        for (Network network : networks) {
          FutureTask<Double> task =
              new FutureTask<>(
                  () -> {
                    together.await();
                    double loss = gradient(network);
                    together.await(); // The caller stays alive while threads are counted.
                    together.await();
                    return loss;
                  });
          tasks.add(task);
          new Thread(task, TASK).start();
        }

        together.await();
        together.await();
        most = Math.max(most, threadsCalled(name));
        together.await();
        for (FutureTask<Double> task : tasks) {
          assertThat(task.get()).isEqualTo(alone);
        }
      }

      return most;
    } finally {
      networks.forEach(Network::close);
    }
  }

  private double gradient(Network network) {
    return network.computeGradient(batch.images(), batch.labels(), batch.size(), 0);
  }

  private static int threadsCalled(String name) throws IOException {
    int count = 0;
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        try {
          String called = Files.readString(task.resolve("comm"), StandardCharsets.UTF_8);
          count += called.strip().equals(name) ? 1 : 0;
        } catch (NoSuchFileException ended) {
          // This thread belonged to the virtual machine, or it has ended with its network.
        }
      }
    }

    return count;
  }
}
