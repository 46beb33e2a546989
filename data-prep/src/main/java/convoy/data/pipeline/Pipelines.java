package convoy.data.pipeline;

import convoy.data.transform.ColourComponents;
import convoy.data.transform.Transform;
import convoy.data.transform.TransformChain;
import convoy.data.transform.Transforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Creates the two kinds of pipeline from a picture to a network's input: training and evaluation.
 */
public final class Pipelines {
  /**
   * Crops can replace the evaluation transforms only if the list has no other transforms than
   * these.
   */
  private static final List<String> CROPPING = List.of("resize", "centerCrop");

  private Pipelines() {}

  /**
   * Creates the pipeline with the augmentations of a recipe's {@code data.train}.
   *
   * @param colours of the training split, for lighting
   * @throws IllegalArgumentException for an unknown transform or option, or a list whose pictures
   *     can't have the input's size
   */
  public static Pipeline training(
      List<Map<String, Object>> transforms, Preprocessing preprocessing, ColourComponents colours) {
    return pipeline("training", Transforms.parse(transforms, colours), transforms, preprocessing);
  }

  /**
   * Creates the pipeline with the transforms of evaluation and scoring. It doesn't use the seed.
   */
  public static Pipeline evaluation(Preprocessing preprocessing) {
    List<Map<String, Object>> specs = preprocessing.evaluation();
    List<Transform> transforms = Transforms.parse(specs, ColourComponents.NONE);
    for (int i = 0; i < specs.size(); i++) {
      if (transforms.get(i).random()) {
        throw new IllegalArgumentException(
            "the evaluation transforms hold "
                + specs.get(i)
                + ", which is random; use resize and centerCrop");
      }
    }

    return pipeline("evaluation", transforms, specs, preprocessing);
  }

  /**
   * Creates a pipeline with several crops of each picture instead of evaluation's resizing and
   * cropping.
   *
   * @param crops 1, 10 (Krizhevsky et al. 2012) or 144 (Szegedy et al. 2015)
   * @throws IllegalArgumentException for another number, or evaluation transforms that crops can't
   *     replace
   */
  public static Pipeline evaluation(Preprocessing preprocessing, int crops) {
    Pipeline single = evaluation(preprocessing);
    if (crops == 1) {
      return single;
    }

    for (Map<String, Object> spec : preprocessing.evaluation()) {
      if (!CROPPING.containsAll(spec.keySet())) {
        throw new IllegalArgumentException(
            "%d crops can replace only %s; the evaluation transforms hold %s: take 1 crop"
                .formatted(crops, String.join(" and ", CROPPING), spec));
      }
    }

    return Crops.ALL.stream()
        .filter(known -> known.count() == crops)
        .findFirst()
        .map(
            known ->
                new CropsPipeline(
                    known, preprocessing.inputSize(), new NetworkInput(preprocessing)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such number of crops: " + crops + "; known: 1, 10, 144"));
  }

  private static Pipeline pipeline(
      String name,
      List<Transform> listed,
      List<Map<String, Object>> specs,
      Preprocessing preprocessing) {
    List<Transform> transforms = new ArrayList<>(listed);
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
      transforms.addAll(Transforms.toSquare(inputSize));
    }

    return new TransformPipeline(TransformChain.of(transforms), new NetworkInput(preprocessing));
  }
}
