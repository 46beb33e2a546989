package convoy.zoo.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Collectors;

/**
 * Reads and writes model.json. Equal descriptions give equal bytes, and unknown fields are ignored.
 */
public final class ModelJson {
  private static final String WEIGHTS = "weights";
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private ModelJson() {}

  /** Writes indented JSON that ends with a line break. The stream stays open. */
  public static void write(OutputStream out, ModelDescription description, StoredWeights weights)
      throws IOException {
    ObjectNode tree = JSON.valueToTree(description);
    if (weights.sha256() != null) {
      ObjectNode hash = tree.putObject(WEIGHTS).put("sha256", weights.sha256());
      if (weights.replaced() != null) {
        hash.put("replaced", weights.replaced());
      }
    }

    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(INDENTER);
    printer.indentArraysWith(INDENTER);
    out.write(JSON.writer(printer).writeValueAsBytes(tree));
    out.write('\n');
  }

  /**
   * Reads a description of this version, or an older one, which it converts to this version.
   *
   * @throws ModelFormatException when the description is damaged or newer
   */
  public static ModelDescription read(InputStream in) throws IOException {
    try {
      JsonNode tree = JSON.readTree(in);
      int version = tree.path("formatVersion").asInt(0);
      if (version < 1) {
        throw new ModelFormatException("no model description: formatVersion is missing");
      }
      if (version > ModelDescription.FORMAT_VERSION) {
        throw new ModelFormatException(
            "formatVersion %d is newer than the %d that this version of Convoy reads; use a newer Convoy"
                .formatted(version, ModelDescription.FORMAT_VERSION));
      }
      if (version == 1) {
        upgrade((ObjectNode) tree);
      }
      return JSON.treeToValue(tree, ModelDescription.class);
    } catch (JsonProcessingException problem) {
      throw new ModelFormatException("no model description: " + complaint(problem), problem);
    }
  }

  /** What is wrong in the words of the file, not of the classes that read it. */
  private static String complaint(JsonProcessingException problem) {
    if (!(problem instanceof JsonMappingException mapping)) {
      return "it is cut or no JSON (line %d)".formatted(problem.getLocation().getLineNr());
    }

    String key =
        mapping.getPath().stream()
            .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : at.getFieldName())
            .collect(Collectors.joining("."));
    return key.isEmpty() ? "it is no JSON object" : key + " is missing or has the wrong form";
  }

  /** Reads the hash of the weights from a description that {@link #read} accepts. */
  public static StoredWeights weights(InputStream in) throws IOException {
    JsonNode hash = JSON.readTree(in).path(WEIGHTS);
    return new StoredWeights(hash.path("sha256").asText(null), hash.path("replaced").asText(null));
  }

  /** Converts from version 1, which only knew the papers' forms. */
  private static void upgrade(ObjectNode tree) {
    tree.put("formatVersion", ModelDescription.FORMAT_VERSION);
    if (tree.get("options") instanceof ObjectNode options) {
      options.put("form", "paper").put("batchNorm", false);
    }
  }
}
