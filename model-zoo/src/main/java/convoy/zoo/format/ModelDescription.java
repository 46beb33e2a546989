package convoy.zoo.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import convoy.zoo.graph.Architecture;
import java.util.List;

/**
 * The content of model.json: everything that is needed, together with the weights, to use a model.
 *
 * @param architecture name in the zoo
 * @param classes in the order of their labels, starting at 0
 * @param preprocessing the evaluation pipeline as plain values, for the program that feeds pictures
 *     to the network
 * @param provenance dataset hash, recipe, seed and versions; using the model never needs them
 */
public record ModelDescription(
    int formatVersion,
    String architecture,
    Architecture.Options options,
    List<ClassName> classes,
    JsonNode preprocessing,
    JsonNode provenance) {

  /**
   * The version that this program writes. Version 1 had neither options.form nor options.batchNorm.
   */
  public static final int FORMAT_VERSION = 2;

  /**
   * One class.
   *
   * @param name the folder of the class (a synset or a word), or null if imported weights came
   *     without names
   * @param words a description in plain words, or null
   */
  public record ClassName(int label, String name, String words) {
    /** Returns the name, or the label where there is no name. */
    public String shown() {
      return name == null ? "class " + label : name;
    }
  }

  public ModelDescription {
    if (architecture == null || options == null || classes == null) {
      throw new IllegalArgumentException("a model has an architecture, options and classes");
    }
    // Null becomes JSON's null, so that a description equals the one that is read back.
    preprocessing = preprocessing == null ? NullNode.getInstance() : preprocessing;
    provenance = provenance == null ? NullNode.getInstance() : provenance;
    classes = List.copyOf(classes);
    if (classes.size() != options.classes()) {
      throw new IllegalArgumentException(
          classes.size() + " class names for a network of " + options.classes() + " classes");
    }
    for (int label = 0; label < classes.size(); label++) {
      if (classes.get(label).label() != label) {
        throw new IllegalArgumentException(
            "class " + classes.get(label) + " stands where label " + label + " belongs");
      }
    }
  }

  /** Returns whether the classes have names. Without names, only their labels identify them. */
  public boolean named() {
    return classes.stream().allMatch(entry -> entry.name() != null);
  }
}
