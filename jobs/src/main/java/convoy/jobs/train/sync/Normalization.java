package convoy.jobs.train.sync;

import convoy.data.dataset.Manifest;
import convoy.data.transform.Preprocessing;
import convoy.jobs.recipe.Recipe;
import java.util.List;

/** Mean and deviation of the training pixels become those of the network's input. */
final class Normalization {
  /** ITU-R BT.601, as the pipelines turn colour to luma. */
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  /** Below one gray level of 255 a channel carries nothing to be scaled up. */
  private static final double LEAST_DEVIATION = 1;

  private Normalization() {}

  static Preprocessing preprocessing(Recipe recipe, Manifest.Statistics statistics) {
    int channels = Integer.parseInt(recipe.model().inputChannels());
    boolean luma = channels == 1 && !statistics.gray();
    List<Double> mean = statistics.mean();
    List<Double> deviation = statistics.std();
    return new Preprocessing(
        recipe.model().inputSize(),
        channels,
        1,
        luma ? List.of(lumaMean(mean)) : mean.subList(0, channels),
        (luma ? List.of(lumaDeviation(statistics)) : deviation.subList(0, channels))
            .stream().map(value -> Math.max(value, LEAST_DEVIATION)).toList(),
        recipe.data().evaluation());
  }

  private static double lumaMean(List<Double> mean) {
    return LUMA[0] * mean.get(0) + LUMA[1] * mean.get(1) + LUMA[2] * mean.get(2);
  }

  /** The variance of a weighted sum from the covariance's eigenvectors: sum of value * (w v)^2. */
  private static double lumaDeviation(Manifest.Statistics statistics) {
    double variance = 0;
    for (int i = 0; i < statistics.pcaValues().size(); i++) {
      double along = lumaMean(statistics.pcaVectors().get(i));
      variance += statistics.pcaValues().get(i) * along * along;
    }

    return Math.sqrt(variance);
  }
}
