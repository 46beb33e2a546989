package convoy.data.transform;

import convoy.data.resample.Centring;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Settings;
import convoy.options.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The registry of transforms: one line each. Each declares its own keys. */
public final class Transforms {
  private static final Map<String, Entry> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("affine", Entry.named(Affine.KEYS, Affine::of)),
              Map.entry("centerCrop", Entry.plain(CenterCrop.KEYS, CenterCrop::of)),
              Map.entry("elastic", Entry.plain(Elastic.KEYS, Elastic::of)),
              Map.entry("flip", Entry.plain(Flip.KEYS, Flip::of)),
              Map.entry("lighting", new Entry(Lighting.KEYS, true, Lighting::of)),
              Map.entry("pad", Entry.plain(Pad.KEYS, Pad::of)),
              Map.entry("photometric", Entry.plain(Photometric.KEYS, Photometric::of)),
              Map.entry("randomCrop", Entry.plain(RandomCrop.KEYS, RandomCrop::of)),
              Map.entry(
                  "randomResizedCrop", Entry.plain(RandomResizedCrop.KEYS, RandomResizedCrop::of)),
              Map.entry("resize", Entry.plain(Resize.KEYS, Resize::of)),
              Map.entry("scaleJitter", Entry.named(ScaleJitter.KEYS, ScaleJitter::of))));

  /**
   * A transform.
   *
   * @param takesPlain whether a value without a name belongs to the first key, as in {@code
   *     randomCrop: 224}
   */
  private record Entry(
      Keys keys, boolean takesPlain, BiFunction<Settings, ColourComponents, Transform> make) {
    static Entry plain(Keys keys, Function<Settings, Transform> make) {
      return new Entry(keys, true, (settings, colours) -> make.apply(settings));
    }

    static Entry named(Keys keys, Function<Settings, Transform> make) {
      return new Entry(keys, false, (settings, colours) -> make.apply(settings));
    }

    Transform parse(Object value, ColourComponents colours) {
      Map<String, Object> given = new LinkedHashMap<>();
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, option) -> given.put(String.valueOf(key), option));
      } else if (value != null && !takesPlain) {
        throw new IllegalArgumentException(
            "takes named keys, not %s alone; known are %s"
                .formatted(
                    value, String.join(", ", keys.common().stream().map(Key::name).toList())));
      } else if (value != null) {
        given.put(keys.common().get(0).name(), value);
      }

      return make.apply(keys.settings(given), colours);
    }
  }

  private Transforms() {}

  /** Returns the names of all transforms, sorted. */
  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * Returns the keys of each transform by its name, sorted. A recipe may give the first key without
   * its name.
   */
  public static Map<String, Keys> keys() {
    Map<String, Keys> keys = new LinkedHashMap<>();
    ALL.forEach((name, entry) -> keys.put(name, entry.keys));
    return keys;
  }

  /** Parses a recipe's list of one-entry maps, in its order. */
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

  /** Returns the transforms that turn a picture of any shape into a square of this side. */
  public static List<Transform> toSquare(int side) {
    return List.of(new Resize(side, true), new CenterCrop(side, Centring.DOWN));
  }

  private static Transform parse(String name, Object value, ColourComponents colours) {
    Entry entry = ALL.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "unknown transform %s; known: %s%s"
              .formatted(name, String.join(", ", ALL.keySet()), suggestion(name)));
    }

    try {
      return entry.parse(value, colours);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("transform " + name + ": " + wrong.getMessage(), wrong);
    }
  }

  private static String suggestion(String name) {
    return Suggestions.nearest(name, ALL.keySet())
        .map(known -> "; did you mean " + known + "?")
        .orElse("");
  }
}
