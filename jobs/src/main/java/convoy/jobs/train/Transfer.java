package convoy.jobs.train;

import convoy.data.dataset.Manifest;
import convoy.jobs.base.UserException;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.recipe.ModelKeys;
import convoy.options.Settings;
import convoy.zoo.Zoo;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tensors of a model that go into a network: all of them, or if the classes differ, all except
 * those of the classifiers.
 *
 * @param layout the transferred tensors, at their places in the network
 * @param fresh layers that start with random weights
 * @param passedOver tensors of the model that are not transferred
 */
record Transfer(ParameterLayout layout, List<String> fresh, Set<String> passedOver) {

  /**
   * Compares model and network by name and shape. No weights are read.
   *
   * @throws UserException with exit code 2, naming what differs
   */
  static Transfer of(ModelFolder folder, Settings recipe, Manifest manifest) {
    ModelDescription model = folder.description();
    String init = "--init " + folder.path() + ": ";
    refuseOther(init, "model.name", model.architecture(), recipe.get(ModelKeys.NAME));
    refuseOther(init, "model.form", model.options().form(), recipe.get(ModelKeys.FORM));
    refuseOther(
        init, "model.batchNorm", model.options().batchNorm(), recipe.get(ModelKeys.BATCH_NORM));
    int channels = model.options().inputChannels();
    if (recipe.get(ModelKeys.INPUT_CHANNELS) != null) {
      refuseOther(init, "model.inputChannels", channels, recipe.get(ModelKeys.INPUT_CHANNELS));
    }

    Architecture.Options options = ModelKeys.options(recipe, manifest.classes().size(), channels);
    Graph graph = Zoo.architecture(recipe.get(ModelKeys.NAME)).graph(options);
    List<String> fresh = sameClasses(model, manifest) ? List.of() : graph.classifiers();
    Map<String, ParameterLayout.Tensor> theirs = new HashMap<>();
    ParameterLayout.of(folder.graph())
        .tensors()
        .forEach(tensor -> theirs.put(tensor.name(), tensor));
    Set<String> passedOver = new HashSet<>(theirs.keySet());
    List<ParameterLayout.Tensor> taken = new ArrayList<>();
    for (ParameterLayout.Tensor tensor : ParameterLayout.of(graph).tensors()) {
      if (!fresh.contains(tensor.layer())) {
        List<Integer> shape = theirs.get(tensor.name()).shape();
        if (!shape.equals(tensor.shape())) {
          throw UserException.usage(
              "%stensor %s is %s there and %s here; set model.inputSize to %d, or take another model"
                  .formatted(
                      init, tensor.name(), shape, tensor.shape(), model.options().inputSize()));
        }

        taken.add(tensor);
        passedOver.remove(tensor.name());
      }
    }

    return new Transfer(new ParameterLayout(taken), fresh, passedOver);
  }

  private static void refuseOther(String init, String key, Object there, Object here) {
    if (!there.equals(here)) {
      throw UserException.usage(
          "%sits %s is %s, the recipe's is %s; set it to %s, or take another model"
              .formatted(init, key, there, here, there));
    }
  }

  private static boolean sameClasses(ModelDescription model, Manifest manifest) {
    return model.classes().stream()
        .map(ModelDescription.ClassName::name)
        .toList()
        .equals(manifest.classes().stream().map(Manifest.ClassEntry::name).toList());
  }

  /** A short description of what is transferred, for the log. */
  String text() {
    return fresh.isEmpty()
        ? "all weights, as the classes are the same"
        : "the classes differ, so "
            + String.join(", ", fresh)
            + " start"
            + (fresh.size() == 1 ? "s" : "")
            + " fresh";
  }
}
