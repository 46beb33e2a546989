package convoy.jobs.train;

import convoy.data.order.SplitMix64;
import java.util.Arrays;

/** One linear layer with softmax on raw pixels, trained by SGD with momentum. */
final class SoftmaxRegression {
  private static final float MOMENTUM = 0.9f;
  private static final float WEIGHT_DECAY = 5e-4f;
  private static final int BATCH = 32;

  private final int inputs;
  private final int classes;

  /** For each class, its weights and then its bias. */
  private final float[] weights;

  private final float[] velocity;

  SoftmaxRegression(int inputs, int classes) {
    this.inputs = inputs;
    this.classes = classes;
    this.weights = new float[classes * (inputs + 1)];
    this.velocity = new float[weights.length];
  }

  void train(float[][] examples, int[] labels, int epochs, float learningRate, long seed) {
    int[] order = new int[examples.length];
    Arrays.setAll(order, i -> i);
    SplitMix64 random = new SplitMix64(seed);
    float[] gradient = new float[weights.length];
    for (int epoch = 0; epoch < epochs; epoch++) {
      random.shuffle(order);
      for (int from = 0; from < order.length; from += BATCH) {
        int to = Math.min(from + BATCH, order.length);
        Arrays.fill(gradient, 0);
        for (int i = from; i < to; i++) {
          addGradient(examples[order[i]], labels[order[i]], gradient);
        }

        step(gradient, to - from, learningRate);
      }
    }
  }

  private void addGradient(float[] example, int label, float[] gradient) {
    float[] difference = probabilities(example);
    difference[label] -= 1;
    for (int k = 0; k < classes; k++) {
      int row = k * (inputs + 1);
      float slope = difference[k];
      for (int i = 0; i < inputs; i++) {
        gradient[row + i] += slope * example[i];
      }

      gradient[row + inputs] += difference[k];
    }
  }

  private void step(float[] gradient, int examples, float learningRate) {
    for (int i = 0; i < weights.length; i++) {
      float slope = gradient[i] / examples + WEIGHT_DECAY * weights[i];
      velocity[i] = MOMENTUM * velocity[i] + slope;
      weights[i] -= learningRate * velocity[i];
    }
  }

  private float[] probabilities(float[] example) {
    float[] values = new float[classes];
    float highest = Float.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      int row = k * (inputs + 1);
      float sum = weights[row + inputs];
      for (int i = 0; i < inputs; i++) {
        sum += weights[row + i] * example[i];
      }

      values[k] = sum;
      highest = Math.max(highest, values[k]);
    }

    float total = 0;
    for (int k = 0; k < classes; k++) {
      values[k] = (float) Math.exp(values[k] - highest);
      total += values[k];
    }

    for (int k = 0; k < classes; k++) {
      values[k] /= total;
    }

    return values;
  }

  /** Share of examples whose label has the highest probability. */
  double top1(float[][] examples, int[] labels) {
    int hits = 0;
    for (int i = 0; i < examples.length; i++) {
      float[] probabilities = probabilities(examples[i]);
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = probabilities[k] > probabilities[best] ? k : best;
      }

      hits += best == labels[i] ? 1 : 0;
    }

    return (double) hits / examples.length;
  }
}
