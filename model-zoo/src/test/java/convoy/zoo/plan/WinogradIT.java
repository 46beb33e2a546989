package convoy.zoo.plan;

import static convoy.zoo.graph.Activation.NONE;
import static convoy.zoo.graph.Window.kernel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.zoo.engine.Engines;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Minibatch;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import convoy.zoo.optimizer.OptimizerSpec;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/** Winograd's convolutions, which round more than sums of products, against loops in double. */
class WinogradIT {
  private static final int CHANNELS = 256;
  private static final int SIDE = 8;
  private static final int BATCH = 16;
  private static final int CLASSES = 10;
  private static final double BOUND = 1e-6;
  private static final OptimizerSpec SGD = new OptimizerSpec("sgd", 0, 0, 1, 1);
  private static final Weights WEIGHTS = Weights.of(new Initializer.Glorot());

  private static final Graph GRAPH =
      GraphBuilder.build(
          "winograd",
          new Shape(CHANNELS, SIDE, SIDE),
          CLASSES,
          net ->
              net.convolution("first", CHANNELS, kernel(1), WEIGHTS, NONE)
                  .convolution("second", CHANNELS, kernel(3).padding(1), WEIGHTS, NONE)
                  .fullyConnected("logits", CLASSES, WEIGHTS, NONE)
                  .softmax("softmax"));

  @Test
  void allThreePassesRoundAtMostTwiceAsMuchAsNd4jsConvolutions() {
    Minibatch batch = Minibatch.drawn(GRAPH, BATCH, 2);
    try (PlanNetwork plan = (PlanNetwork) PlanNetwork.open(new NetworkSpec(GRAPH, SGD, BATCH, 1));
        Network stock = Engines.open("dl4j", new NetworkSpec(GRAPH, SGD, BATCH, 1))) {
      assumeTrue(
          plan.lines().stream().anyMatch(line -> line.contains("wino")),
          "this CPU has no AVX-512, oneDNN no Winograd for it");
      assertThat(plan.lines())
          .filteredOn(line -> line.contains("wino"))
          .extracting(line -> line.replaceAll(" \\[.*", ""))
          .contains("second", "second weights gradient", "second input gradient");
      double[] actual = gradient(plan, batch);
      double[] theirs = gradient(stock, batch);
      double[] expected = gradient(plan.layout(), values(plan.parameters()), batch);
      for (ParameterLayout.Tensor tensor : plan.layout().tensors()) {
        double bound = Math.max(2 * error(tensor, theirs, expected), BOUND);
        assertThat(error(tensor, actual, expected)).as(tensor.name()).isLessThan(bound);
      }
    }
  }

  private static double[] gradient(Network network, Minibatch batch) {
    network.initialize(1);
    network.computeGradient(batch.images(), batch.labels(), BATCH, 0);
    return values(network.gradient());
  }

  /** Relative, in the Euclidean norm. */
  private static double error(ParameterLayout.Tensor tensor, double[] actual, double[] expected) {
    double error = 0;
    double size = 0;
    for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
      error += Math.pow(actual[i] - expected[i], 2);
      size += expected[i] * expected[i];
    }

    return Math.sqrt(error / size);
  }

  private static double[] values(FlatVector vector) {
    float[] floats = Minibatch.values(vector);
    double[] values = new double[floats.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = floats[i];
    }

    return values;
  }

  /** The gradient of the mean loss by the chain rule, layer after layer. */
  private static double[] gradient(ParameterLayout layout, double[] parameters, Minibatch batch) {
    int[] at = layout.tensors().stream().mapToInt(ParameterLayout.Tensor::offset).toArray();
    double[] gradient = new double[parameters.length];
    int size = CHANNELS * SIDE * SIDE;
    for (int picture = 0; picture < BATCH; picture++) {
      double[] input = new double[size];
      FloatBuffer images = batch.images();
      for (int i = 0; i < size; i++) {
        input[i] = images.get(picture * size + i);
      }

      double[] first = new double[size];
      double[] second = new double[size];
      convolve(1, input, parameters, at[0], first, Pass.FORWARD);
      addBias(first, parameters, at[1]);
      convolve(3, first, parameters, at[2], second, Pass.FORWARD);
      addBias(second, parameters, at[3]);

      double[] delta = new double[CLASSES];
      double sum = 0;
      for (int k = 0; k < CLASSES; k++) {
        double score = parameters[at[5] + k];
        for (int i = 0; i < size; i++) {
          score += parameters[at[4] + k * size + i] * second[i];
        }

        delta[k] = Math.exp(score);
        sum += delta[k];
      }

      double[] toSecond = new double[size];
      for (int k = 0; k < CLASSES; k++) {
        delta[k] = (delta[k] / sum - (batch.labels()[picture] == k ? 1 : 0)) / BATCH;
        gradient[at[5] + k] += delta[k];
        for (int i = 0; i < size; i++) {
          gradient[at[4] + k * size + i] += delta[k] * second[i];
          toSecond[i] += delta[k] * parameters[at[4] + k * size + i];
        }
      }

      double[] toFirst = new double[size];
      convolve(3, first, gradient, at[2], toSecond, Pass.WEIGHTS);
      sumBias(toSecond, gradient, at[3]);
      convolve(3, toFirst, parameters, at[2], toSecond, Pass.INPUT);
      convolve(1, input, gradient, at[0], toFirst, Pass.WEIGHTS);
      sumBias(toFirst, gradient, at[1]);
    }

    return gradient;
  }

  private enum Pass {
    FORWARD,
    WEIGHTS,
    INPUT
  }

  /** One of the passes of a convolution that keeps the size: each product goes where it belongs. */
  private static void convolve(
      int side, double[] in, double[] weights, int at, double[] out, Pass pass) {
    int half = side / 2;
    for (int o = 0; o < CHANNELS; o++) {
      for (int c = 0; c < CHANNELS; c++) {
        for (int ky = 0; ky < side; ky++) {
          for (int kx = 0; kx < side; kx++) {
            int w = at + ((o * CHANNELS + c) * side + ky) * side + kx;
            for (int y = Math.max(0, half - ky); y < Math.min(SIDE, SIDE + half - ky); y++) {
              for (int x = Math.max(0, half - kx); x < Math.min(SIDE, SIDE + half - kx); x++) {
                int from = (c * SIDE + y + ky - half) * SIDE + x + kx - half;
                int to = (o * SIDE + y) * SIDE + x;
                switch (pass) {
                  case FORWARD -> out[to] += weights[w] * in[from];
                  case WEIGHTS -> weights[w] += out[to] * in[from];
                  case INPUT -> in[from] += weights[w] * out[to];
                }
              }
            }
          }
        }
      }
    }
  }

  private static void addBias(double[] plane, double[] bias, int at) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] += bias[at + i / (SIDE * SIDE)];
    }
  }

  private static void sumBias(double[] plane, double[] bias, int at) {
    for (int i = 0; i < plane.length; i++) {
      bias[at + i / (SIDE * SIDE)] += plane[i];
    }
  }
}
