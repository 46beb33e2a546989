package convoy.zoo.importing;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which tensor of a file becomes which parameter. There is one row for each pair, in the
 * network's order, and no tensor and no parameter is left out.
 */
public record LayerMap(List<Row> rows) {
  /** The number of names in an error; the rest is only counted. */
  private static final int NAMES = 6;

  private static final String ORDER =
      "; the sides are the same in a different order: transpose convolutions to [out, in, height,"
          + " width] and dense layers to [out, in]";

  private static final String KERAS_ORDER =
      "; the sides are the same in a different order: Keras has convolutions as [height, width, in,"
          + " out] and dense layers as [in, out]";

  private static final String OTHER_SHAPE =
      "; give the network and the input size (--architecture, --input-size) that the weights were"
          + " trained with";

  private static final String OTHER_NAMES =
      "; give the --architecture that has these tensors (convoy models NAME shows its layers), or"
          + " complete the file";

  /** A pair. The view of the source has the shape of the target. */
  public record Row(SourceTensor source, ParameterLayout.Tensor target) {}

  public LayerMap {
    rows = List.copyOf(rows);
  }

  /**
   * Pairs tensors and parameters.
   *
   * @throws ModelFormatException naming what is missing, is left over or has a different shape
   */
  public static LayerMap of(ParameterLayout layout, List<SourceTensor> tensors)
      throws ModelFormatException {
    Map<String, SourceTensor> sources = new HashMap<>();
    List<String> others = new ArrayList<>();
    for (SourceTensor tensor : tensors) {
      SourceTensor twin =
          tensor.parameter() == null ? null : sources.putIfAbsent(tensor.parameter(), tensor);
      if (twin != null) {
        throw new ModelFormatException(
            "both %s and %s are %s: leave one of them out of the file"
                .formatted(twin.name(), tensor.name(), tensor.parameter()));
      }

      if (tensor.parameter() == null) {
        others.add(tensor.name());
      }
    }

    List<Row> rows = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (ParameterLayout.Tensor target : layout.tensors()) {
      SourceTensor source = sources.remove(target.name());
      if (source == null) {
        missing.add(target.name());
      } else {
        rows.add(new Row(source, target));
      }
    }

    sources.values().forEach(tensor -> others.add(tensor.name()));
    refuse(missing, others);
    for (Row row : rows) {
      checkShape(row);
    }

    return new LayerMap(rows);
  }

  private static void refuse(List<String> missing, List<String> others)
      throws ModelFormatException {
    List<String> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add("no tensor for " + names(missing));
    }

    if (!others.isEmpty()) {
      problems.add("no parameter for the file's " + names(others.stream().sorted().toList()));
    }

    if (!problems.isEmpty()) {
      throw new ModelFormatException(String.join("; ", problems) + OTHER_NAMES);
    }
  }

  private static String names(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() <= NAMES ? first : first + " and " + (names.size() - NAMES) + " more";
  }

  private static void checkShape(Row row) throws ModelFormatException {
    List<Integer> shape = row.source.view().shape();
    if (!shape.equals(row.target.shape())) {
      String words = row.source.view().words();
      throw new ModelFormatException(
          "tensor %s has shape %s%s, %s has %s%s"
              .formatted(
                  row.source.name(),
                  row.source.shape(),
                  words.isEmpty() ? "" : ", " + shape + " after " + words,
                  row.target.name(),
                  row.target.shape(),
                  !sorted(shape).equals(sorted(row.target.shape()))
                      ? OTHER_SHAPE
                      : words.isEmpty() ? ORDER : KERAS_ORDER));
    }
  }

  private static List<Integer> sorted(List<Integer> shape) {
    return shape.stream().sorted().toList();
  }
}
