package convoy.zoo.engine;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.Zoo;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.OptimizerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Native memory comes back when a network is closed. */
@EnabledOnOs(OS.LINUX)
class MemoryTest {
  private static final OptimizerSpec SGD = new OptimizerSpec("sgd", 0.9, 0, 1, 1);

  @Test
  void fiftyNetworksTakeNoMoreMemoryThanAFew() throws IOException {
    Graph graph =
        Zoo.architecture("lenet5-modern").graph(Zoo.architecture("lenet5-modern").defaults());
    Minibatch drawn = Minibatch.drawn(graph, 256, 1);
    for (int i = 0; i < 5; i++) {
      use(graph, drawn);
    }

    long before = residentKilobytes();
    for (int i = 0; i < 50; i++) {
      use(graph, drawn);
    }

    // One holds about 23 MB; the Java heap may still grow.
    assertThat(residentKilobytes() - before).isLessThan(400_000);
  }

  private static void use(Graph graph, Minibatch drawn) {
    try (Network network = Engines.open("auto", new NetworkSpec(graph, SGD, drawn.size(), 1))) {
      network.initialize(1);
      network.computeGradient(drawn.images(), drawn.labels(), drawn.size(), 1);
      network.update(0.01);
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
