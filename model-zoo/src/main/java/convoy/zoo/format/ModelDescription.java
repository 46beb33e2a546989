package convoy.zoo.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import convoy.zoo.graph.Architecture;
import java.util.List;

/**
 * model.json: all that is needed beside the weights to use a model.
 *
 * @param architecture name in the zoo
 * @param classes in the order of their labels, 0 first
 * @param preprocessing the evaluation pipeline as plain values, kept for whoever feeds the network
 * @param provenance dataset hash, recipe, seed, versions; never needed for use
 */
public record ModelDescription(
    int formatVersion,
    String architecture,
    Architecture.Options options,
    List<ClassName> classes,
    JsonNode preprocessing,
    JsonNode provenance) {

  /** The version this program writes: 1 had neither options.form nor options.batchNorm. */
  public static final int FORMAT_VERSION = 2;

  /**
   * One class.
   *
   * @param name the folder (a synset or a word); null where imported weights came without names
   * @param words its plain description or null
   */
  public record ClassName(int label, String name, String words) {
    /** The name, or the label where there is none. */
    public String shown() {
      return name == null ? "class " + label : name;
    }
  }

  public ModelDescription {
    if (architecture == null || options == null || classes == null) {
      throw new IllegalArgumentException("a model has an architecture, options and classes");
    }
    // JSON's null, so that a description equals the one read back.
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

  /** Whether the classes have names; without them they are known by their labels alone. */
  public boolean named() {
    return classes.stream().allMatch(entry -> entry.name() != null);
  }
}
