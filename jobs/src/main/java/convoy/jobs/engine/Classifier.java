package convoy.jobs.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.transform.Pipeline;
import convoy.data.transform.Pipelines;
import convoy.data.transform.Preprocessing;
import java.io.Serializable;

/**
 * All that a task needs to turn a picture into probabilities: network, weights and the evaluation
 * pipeline of its training.
 *
 * @param preprocessing as JSON, the form in which it also lies in model.json
 */
public record Classifier(NetworkSource network, WeightsSource weights, String preprocessing)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static Classifier of(
      NetworkSource network, WeightsSource weights, Preprocessing preprocessing) {
    return new Classifier(network, weights, preprocessing.toJson().toString());
  }

  /** Picture to network input, the same for evaluation and scoring. */
  public Pipeline pipeline() {
    try {
      return Pipelines.evaluation(Preprocessing.fromJson(JSON.readTree(preprocessing)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("preprocessing is no JSON: " + preprocessing, e);
    }
  }
}
