package convoy.jobs.train.sync;

import convoy.data.dataset.Manifest;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.recipe.DataKeys;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.ModelKeys;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns pixels into network input: (pixel * scale - mean) / std for each channel. The values come
 * from the training pixels, or from the model that a run starts from, whose filters expect the
 * input they were trained on.
 */
public record Normalization(double scale, List<Double> mean, List<Double> std)
    implements Serializable {
  /** The weights of ITU-R BT.601, by which the pipelines turn colour into luma. */
  private static final double[] LUMA = {0.299, 0.587, 0.114};

  /**
   * A deviation below one gray level of 255 is not scaled up, as the channel is almost constant.
   */
  private static final double LEAST_DEVIATION = 1;

  public Normalization {
    // These are copies, as a view of a list may not be serializable.
    mean = new ArrayList<>(mean);
    std = new ArrayList<>(std);
  }

  /** Normalizes by the mean and deviation of the training pixels. */
  public static Normalization of(EffectiveRecipe recipe, Manifest.Statistics statistics) {
    int channels = recipe.model().get(ModelKeys.INPUT_CHANNELS);
    boolean luma = channels == 1 && !statistics.gray();
    List<Double> mean = statistics.mean();
    List<Double> deviation = statistics.std();
    return new Normalization(
        1,
        luma ? List.of(lumaMean(mean)) : mean.subList(0, channels),
        (luma ? List.of(lumaDeviation(statistics)) : deviation.subList(0, channels))
            .stream().map(value -> Math.max(value, LEAST_DEVIATION)).toList());
  }

  /** Normalizes as {@code model} does. */
  public static Normalization of(Preprocessing model) {
    return new Normalization(model.scale(), model.mean(), model.std());
  }

  /** The preprocessing that a network trained with this recipe expects. */
  Preprocessing preprocessing(EffectiveRecipe recipe) {
    return new Preprocessing(
        recipe.model().get(ModelKeys.INPUT_SIZE),
        recipe.model().get(ModelKeys.INPUT_CHANNELS),
        scale,
        mean,
        std,
        recipe.data().get(DataKeys.EVALUATION));
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
