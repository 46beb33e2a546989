package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads HDF5 files that Keras 1 and 2 write with {@code model.save} and Keras 3 writes as {@code
 * .h5}.
 */
final class KerasFormat implements WeightsFormat {
  private static final String WEIGHTS = "model_weights";
  private static final int MOST_NESTED = 16;
  private static final int MOST_TENSORS = 10_000;

  @Override
  public String name() {
    return "keras";
  }

  @Override
  public WeightsFile open(Path file) throws IOException {
    HdfFile hdf = guarded(() -> new HdfFile(file));
    try {
      return guarded(() -> read(hdf));
    } catch (IOException problem) {
      hdf.close();
      throw problem;
    } catch (OutOfMemoryError problem) {
      // Only tensors take much memory, and none has been read yet.
      hdf.close();
      throw new ModelFormatException(
          "a damaged HDF5 file: it asks for too much memory; fetch it or save it again", problem);
    }
  }

  private static KerasFile read(HdfFile hdf) throws IOException {
    String config = text(hdf, "model_config");
    if (config == null || !(hdf.getChild(WEIGHTS) instanceof Group weights)) {
      throw new ModelFormatException(
          "no model_config or no model_weights inside: save the whole model with"
              + " model.save('FILE.h5'), not its weights alone");
    }

    Map<String, Dataset> datasets = new LinkedHashMap<>();
    collect("", weights, datasets, 0);
    String backend = text(hdf, "backend");
    List<KerasFile.Stored> tensors = new ArrayList<>();
    for (Map.Entry<String, Dataset> entry : datasets.entrySet()) {
      List<Long> sides = new ArrayList<>();
      for (int side : guarded(entry.getValue()::getDimensions)) {
        sides.add((long) side);
      }

      tensors.add(
          new KerasFile.Stored(
              entry.getKey(),
              StatedShapes.of(entry.getKey(), sides),
              () -> KerasFile.floats(entry.getKey(), guarded(entry.getValue()::getDataFlat))));
    }

    return new KerasFile(hdf, KerasModel.parse(config), "theano".equals(backend), tensors);
  }

  private static String text(HdfFile hdf, String name) {
    Attribute attribute = hdf.getAttribute(name);
    return attribute != null && attribute.getData() instanceof String text ? text : null;
  }

  private static void collect(String path, Group group, Map<String, Dataset> into, int depth)
      throws ModelFormatException {
    if (depth > MOST_NESTED || into.size() > MOST_TENSORS) {
      throw new ModelFormatException(
          "more than %d nested groups, or more than %d tensors"
              .formatted(MOST_NESTED, MOST_TENSORS));
    }

    for (Node child : group.getChildren().values()) {
      String name = path + child.getName();
      if (child.isLink()) {
        throw new ModelFormatException(
            name + " is a link; links are not followed: save one file with model.save('FILE.h5')");
      } else if (child instanceof Group inside) {
        collect(name + "/", inside, into, depth + 1);
      } else if (child instanceof Dataset dataset) {
        into.put(name, dataset);
      }
    }
  }

  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Turns the many kinds of exceptions by which the library reports damage into one. */
  private static <T> T guarded(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (RuntimeException | StackOverflowError problem) {
      throw new ModelFormatException(
          "no HDF5 file, or a damaged one: %s; fetch it or save it again with model.save('FILE.h5')"
              .formatted(problem.getMessage() == null ? problem : problem.getMessage()),
          problem);
    }
  }
}
