package convoy.data.transform;

import convoy.options.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every transform by its name in recipes. */
public final class Transforms {
  private static final Map<String, Function<Options, Transform>> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("affine", Affine::of),
              Map.entry("centerCrop", CenterCrop::of),
              Map.entry("elastic", Elastic::of),
              Map.entry("flip", Flip::of),
              Map.entry("lighting", Lighting::of),
              Map.entry("pad", Pad::of),
              Map.entry("photometric", Photometric::of),
              Map.entry("randomCrop", RandomCrop::of),
              Map.entry("randomResizedCrop", RandomResizedCrop::of),
              Map.entry("resize", Resize::of),
              Map.entry("scaleJitter", ScaleJitter::of)));

  private Transforms() {}

  /** Names of all transforms, sorted. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /** Transforms of a recipe's list of one-entry maps, in its order. */
  public static List<Transform> parse(List<Map<String, Object>> specs, ColourComponents colours) {
    List<Transform> transforms = new ArrayList<>();
    for (Map<String, Object> spec : specs) {
      if (spec.size() != 1) {
        throw new IllegalArgumentException(
            "a transform is one name and its value, such as {randomCrop: 224}, not " + spec);
      }

      spec.forEach((name, value) -> transforms.add(parse(name, value, colours)));
    }

    return List.copyOf(transforms);
  }

  private static Transform parse(String name, Object value, ColourComponents colours) {
    Function<Options, Transform> factory = ALL.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown transform %s; known: %s%s"
              .formatted(name, String.join(", ", ALL.keySet()), suggestion(name)));
    }

    Options options = new Options(name, value, colours);
    Transform transform = factory.apply(options);
    options.rejectOthers();
    return transform;
  }

  private static String suggestion(String name) {
    return Suggestions.nearest(name, ALL.keySet())
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }
}
