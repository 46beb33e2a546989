package convoy.zoo.plan;

import convoy.zoo.Engines;
import convoy.zoo.Variant;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Graph;
import convoy.zoo.optimizer.Sgd;
import convoy.zoo.plan.memory.OneDnn;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.dnnl.global.dnnl;

/**
 * Predicts and trains a minibatch on several networks and prints the results. The environment of
 * the process may keep oneDNN from using the newest instructions of the CPU.
 */
public final class InstructionSet {
  private static final OptimizerSpec SGD = Sgd.spec(0.9, 0, 1, 1);

  private InstructionSet() {}

  /** The arguments are the engine, followed by networks as {@code name,form,batchNorm}. */
  public static void main(String[] arguments) {
    System.out.println(
        "set " + OneDnn.CPU.get_kind() + " " + dnnl.get_effective_cpu_isa().intern());
    System.out.println("bfloat16 " + Engines.named("plan").problem(Precision.BFLOAT16));
    for (String argument : Arrays.asList(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split(",", -1);
      Variant variant =
          new Variant(Zoo.architecture(parts[0]), parts[1], Boolean.parseBoolean(parts[2]));
      // A variance of three values may be so small that rounding is all that remains.
      int size = variant.batchNorm() ? 16 : 3;
      run(arguments[0], argument, variant.graph(10, variant.smallest()), size);
    }
  }

  private static void run(String engine, String name, Graph graph, int size) {
    Minibatch batch = Minibatch.drawn(graph, size, 1);
    try (Network network = Engines.open(engine, new NetworkSpec(graph, SGD, size, 2))) {
      network.initialize(1);
      FloatBuffer probabilities = Minibatch.direct(size * 10);
      network.predict(batch.images(), size, probabilities);
      double loss = network.computeGradient(batch.images(), batch.labels(), size, 1);
      network.update(0.001, 0);
      StringBuilder line = new StringBuilder("network " + name + " " + loss);
      for (int i = 0; i < probabilities.capacity(); i++) {
        line.append(String.format(Locale.ROOT, " %.9g", probabilities.get(i)));
      }

      System.out.println(line);
    }
  }
}
