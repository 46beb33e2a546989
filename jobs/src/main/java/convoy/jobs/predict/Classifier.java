package convoy.jobs.predict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.network.WeightsSource;
import convoy.zoo.engine.NetworkSource;
import java.io.Serializable;

/**
 * Everything that a task needs to turn a picture into probabilities: network, weights and the
 * evaluation pipeline of its training.
 *
 * @param preprocessing the preprocessing as JSON, in the form of model.json
 * @param crops number of crops of a picture, whose probabilities are averaged: 1, 10 or 144
 */
public record Classifier(
    NetworkSource network, WeightsSource weights, String preprocessing, int crops)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Classifier of(
      NetworkSource network, WeightsSource weights, Preprocessing preprocessing) {
    return new Classifier(network, weights, preprocessing.toJson().toString(), 1);
  }

  /** This classifier with {@code count} crops of each picture. */
  public Classifier withCrops(int count) {
    return new Classifier(network, weights, preprocessing, count);
  }

  /** The pipeline from picture to network input, the same for evaluation and scoring. */
  public Pipeline pipeline() {
    try {
      return Pipelines.evaluation(Preprocessing.fromJson(JSON.readTree(preprocessing)), crops);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("preprocessing is no JSON: " + preprocessing, e);
    }
  }
}
