package convoy.jobs.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The arguments that decide the rows. A folder never holds rows of different arguments.
 *
 * @param model fingerprint of the model
 * @param precision precision that the model computes in; older folders don't name it
 * @param inputs places of the inputs, with scheme
 */
record ScoreArguments(
    String model, String precision, List<String> inputs, String format, int topK) {
  ScoreArguments {
    precision = precision == null ? "float32" : precision;
    inputs = inputs == null ? List.of() : List.copyOf(inputs);
  }

  /** One line for each argument that differs from {@code other}. */
  List<String> differences(ScoreArguments other) {
    List<String> lines = new ArrayList<>();
    if (!Objects.equals(model, other.model)) {
      lines.add("a different model");
    }

    if (!precision.equals(other.precision)) {
      lines.add("--precision " + precision);
    }

    if (!inputs.equals(other.inputs)) {
      lines.add("--in " + String.join(" ", inputs));
    }

    if (!Objects.equals(format, other.format)) {
      lines.add("--format " + format);
    }

    if (topK != other.topK) {
      lines.add("--top-k " + topK);
    }

    return lines;
  }
}
