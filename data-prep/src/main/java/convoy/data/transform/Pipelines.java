package convoy.data.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The two ways from a picture to a network's input; there is no third. */
public final class Pipelines {
  private Pipelines() {}

  /**
   * With the augmentations of a recipe's {@code data.train}.
   *
   * @throws IllegalArgumentException for an unknown transform or option, or a list whose pictures
   *     can't have the input's size
   */
  public static Pipeline training(
      List<Map<String, Object>> transforms, Preprocessing preprocessing) {
    return pipeline("training", transforms, preprocessing);
  }

  /** With the transforms of evaluation and scoring; the seed is not used. */
  public static Pipeline evaluation(Preprocessing preprocessing) {
    Pipeline pipeline = pipeline("evaluation", preprocessing.evaluation(), preprocessing);
    for (Map<String, Object> spec : preprocessing.evaluation()) {
      if (spec.containsKey("randomCrop") || spec.containsKey("flip")) {
        throw new IllegalArgumentException(
            "the evaluation transforms hold " + spec + ", which is random; use centerCrop");
      }
    }

    return pipeline;
  }

  private static Pipeline pipeline(
      String name, List<Map<String, Object>> specs, Preprocessing preprocessing) {
    List<Transform> transforms = new ArrayList<>(Transforms.parse(specs));
    int side = Transform.ANY;
    for (Transform transform : transforms) {
      side = transform.side(side);
    }

    int inputSize = preprocessing.inputSize();
    if (side != Transform.ANY && side != inputSize) {
      throw new IllegalArgumentException(
          "the %s transforms %s leave %d px, the network's input has %d px; change one of them"
              .formatted(name, specs, side, inputSize));
    }

    if (side == Transform.ANY) {
      transforms.add(new Resize(inputSize));
      transforms.add(new CenterCrop(inputSize));
    }

    return new TransformPipeline(transforms, preprocessing);
  }
}
