package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kind;
import convoy.options.Kinds;
import java.util.List;
import java.util.Map;

/** The section {@code data}. A transform is a map with one entry, its name and its value. */
public final class DataKeys {
  private static final Kind<List<Map<String, Object>>> TRANSFORMS =
      new Kind<>("a list of transforms", TransformList::value);

  public static final Key<List<Map<String, Object>>> TRAIN =
      Key.derived(
          "train",
          TRANSFORMS,
          "a random crop of the input size, a random flip",
          "Transforms of training, in order.");
  public static final Key<List<Map<String, Object>>> EVALUATION =
      Key.derived(
          "evaluation",
          TRANSFORMS,
          "the middle crop of the input size",
          "Transforms of evaluation and scoring, in order; none may be random.");
  static final Key<String> NORMALIZE =
      Key.defaultOnly(
          "normalize", Kinds.text(), "dataset", "Where mean and deviation of pixels come from.");
  static final Keys KEYS = Keys.of(TRAIN, EVALUATION, NORMALIZE);

  private DataKeys() {}
}
