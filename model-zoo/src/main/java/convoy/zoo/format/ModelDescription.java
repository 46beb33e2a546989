package convoy.zoo.format;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.zoo.Architecture;
import java.util.List;

/**
 * model.json: all that is needed beside the weights to use a model.
 *
 * @param architecture name in the zoo
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

  /** One class: name is the folder (a synset or a word), words its plain description or null. */
  public record ClassName(int label, String name, String words) {}
}
