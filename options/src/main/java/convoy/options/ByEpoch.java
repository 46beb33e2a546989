package convoy.options;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that changes with the epochs, written as {@code [1 to epoch 5, 10]}: 1 until five epochs
 * are finished, then 10.
 */
public record ByEpoch<T>(List<Stage<T>> stages) implements Serializable {
  private static final Pattern STAGE = Pattern.compile("(.*\\S)\\s+to\\s+epoch\\s+(\\d{1,7})");

  /**
   * One of the values.
   *
   * @param end number of finished epochs at which the next value begins; -1 for the last value
   */
  public record Stage<T>(T value, int end) implements Serializable {}

  public ByEpoch {
    stages = List.copyOf(stages);
    int last = 0;
    for (Stage<T> stage : stages.subList(0, Math.max(0, stages.size() - 1))) {
      if (stage.end() == -1) {
        throw new IllegalArgumentException(
            "a value without an end must be the last, as in [1 to epoch 5, 10]");
      }

      if (stage.end() <= last) {
        throw new IllegalArgumentException(
            "epoch %d comes after epoch %d; epochs must rise, from 1 on"
                .formatted(stage.end(), last));
      }

      last = stage.end();
    }

    if (stages.isEmpty() || stages.get(stages.size() - 1).end() != -1) {
      throw new IllegalArgumentException(
          "the last value must have no end, as in [1 to epoch 5, 10]");
    }
  }

  /** The value after so many finished epochs. */
  public T at(int epoch) {
    return stages.stream()
        .filter(stage -> epoch < stage.end() || stage.end() == -1)
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** The kind of a list of such values. */
  public static <T> Kind<ByEpoch<T>> kind(Kind<T> values) {
    return new Kind<>(
        "a list such as [1 to epoch 5, 10]",
        List.of(),
        given -> {
          if (!(given instanceof List<?> list)) {
            throw Kind.wrong(given, "is not a list such as [1 to epoch 5, 10]");
          }

          List<Stage<T>> stages = new ArrayList<>();
          list.forEach(entry -> stages.add(stage(values, entry)));
          return new ByEpoch<>(stages);
        },
        typed -> typed.stages().stream().map(stage -> written(values, stage)).toList());
  }

  private static <T> Stage<T> stage(Kind<T> values, Object given) {
    Matcher parts = STAGE.matcher(String.valueOf(given).strip());
    return parts.matches()
        ? new Stage<>(values.parse().apply(parts.group(1)), Integer.parseInt(parts.group(2)))
        : new Stage<>(values.parse().apply(given), -1);
  }

  private static <T> Object written(Kind<T> values, Stage<T> stage) {
    Object value = values.write().apply(stage.value());
    return stage.end() == -1 ? value : value + " to epoch " + stage.end();
  }
}
