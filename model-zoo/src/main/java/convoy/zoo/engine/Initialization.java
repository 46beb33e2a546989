package convoy.zoo.engine;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Parameter;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Draws the start values of parameters. They are a pure function of (seed, parameter), so every
 * engine gets the same floats. They come from {@link Random}, whose sequences the Java
 * specification fixes, in blocks that each have their own seed.
 */
public final class Initialization {
  private static final int BLOCK = 1 << 16;

  /** The number of values to ask for at a time when memory is short. */
  public static final int PART = 16 * BLOCK;

  private Initialization() {}

  /**
   * Fills {@code into} in the order of the layout. The layout may lack the tensors that only
   * training uses.
   */
  public static void fill(Graph graph, ParameterLayout layout, long seed, FloatBuffer into) {
    Map<String, ParameterLayout.Tensor> places = new HashMap<>();
    layout.tensors().forEach(tensor -> places.put(tensor.name(), tensor));
    for (Parameter parameter : graph.parameters()) {
      if (!places.containsKey(parameter.name())) {
        continue;
      }

      fill(parameter, seed, into.slice(places.get(parameter.name()).offset(), parameter.size()));
    }
  }

  /** Fills one tensor in C order. */
  public static void fill(Parameter parameter, long seed, FloatBuffer tensor) {
    fill(parameter, seed, 0, tensor.slice(0, parameter.size()));
  }

  /**
   * Fills {@code part} with the values of one tensor that start at {@code from}.
   *
   * @param from a multiple of {@link #PART}
   */
  public static void fill(Parameter parameter, long seed, int from, FloatBuffer part) {
    long own = mix(seed ^ mix(parameter.name().hashCode()));
    int first = from / BLOCK;
    IntStream.rangeClosed(first, (from + part.capacity() - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              int at = (block - first) * BLOCK;
              int count = Math.min(BLOCK, part.capacity() - at);
              fillBlock(parameter, mix(own + block), block * BLOCK, part.slice(at, count));
            });
  }

  private static void fillBlock(Parameter parameter, long seed, int from, FloatBuffer block) {
    Random random = new Random(seed);
    int count = block.capacity();
    int slice = parameter.size() / parameter.shape().get(0);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = draw(parameter, parameter.fanIn((from + i) / slice), random);
    }

    block.put(0, values);
  }

  private static float draw(Parameter parameter, int fanIn, Random random) {
    Initializer initializer = parameter.initializer();
    if (initializer == null) {
      return (float) parameter.constant();
    } else if (initializer instanceof Initializer.Gaussian gaussian) {
      return (float) (gaussian.deviation() * random.nextGaussian());
    } else if (initializer instanceof Initializer.LeCunUniform) {
      return uniform(2.4 / fanIn, random);
    } else if (initializer instanceof Initializer.Glorot) {
      return uniform(Math.sqrt(6.0 / (fanIn + parameter.fanOut())), random);
    } else if (initializer instanceof Initializer.He) {
      return (float) (Math.sqrt(2.0 / fanIn) * random.nextGaussian());
    }

    throw new IllegalArgumentException(parameter.name() + ": unknown start " + initializer);
  }

  private static float uniform(double range, Random random) {
    return (float) ((2 * random.nextDouble() - 1) * range);
  }

  // This is the finalizer of SplitMix64 (Steele et al. 2014).
  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
