package convoy.jobs.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Sha256;
import convoy.data.image.Decoder;
import convoy.data.source.Item;
import convoy.data.source.Listing;
import convoy.jobs.base.ConvoyVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that decides a dataset's content, thus no path, host, time or number of tasks. */
final class Provenance {
  private static final String OPTIONS = "options";

  /** Values of newer options that give the same dataset as before there were these options. */
  private static final JsonNode NEUTRAL =
      JsonNodeFactory.instance
          .objectNode()
          .put("duplicates", DuplicateAction.keep.name())
          .put("shortSide", StoredPicture.AS_IT_CAME);

  private Provenance() {}

  /** Provenance in the form that is read from a manifest, so that the two can be compared. */
  static JsonNode of(PrepareOptions options, Listing listing) throws JsonProcessingException {
    ObjectNode provenance = JsonNodeFactory.instance.objectNode();
    provenance.put("source", options.source());
    provenance.put("files", listing.items().size());
    provenance.put("listingSha256", hash(listing));
    ObjectNode content = provenance.putObject(OPTIONS);
    content.put("valFraction", valFraction(options, listing));
    content.put("shardBytes", options.shardBytes());
    content.put("seed", options.seed());
    content.put("duplicates", options.duplicates().name());
    content.put("shortSide", options.shortSide());
    provenance.put("convoy", ConvoyVersion.current());
    provenance.put("decoder", Decoder.version());
    return new ObjectMapper().readTree(provenance.toString());
  }

  /** The effective fraction: 0 if the source has a validation split of its own. */
  static double valFraction(PrepareOptions options, Listing listing) {
    return listing.hasValidation() ? 0 : options.valFraction();
  }

  /**
   * Names the arguments and files in which a finished dataset differs, for error lines. A different
   * version of Convoy or of the decoder isn't named, as it would take the same pictures.
   */
  static List<String> differences(JsonNode asked, JsonNode made) {
    List<String> names = new ArrayList<>();
    for (String name : List.of("source", "files", "listingSha256")) {
      if (!asked.path(name).equals(made.path(name))) {
        names.add(name);
      }
    }

    Set<String> options = new TreeSet<>();
    asked.path(OPTIONS).fieldNames().forEachRemaining(options::add);
    made.path(OPTIONS).fieldNames().forEachRemaining(options::add);
    for (String name : options) {
      JsonNode before = made.path(OPTIONS).path(name);
      if (!asked
          .path(OPTIONS)
          .path(name)
          .equals(before.isMissingNode() ? NEUTRAL.path(name) : before)) {
        names.add(name);
      }
    }

    return names;
  }

  /** Versions that differ from this process, as in {@code convoy 1.2.0 instead of 1.3.0, ...}. */
  static String otherTools(JsonNode now, JsonNode made) {
    return Stream.of("convoy", "decoder")
        .filter(name -> !now.path(name).equals(made.path(name)))
        .map(
            name ->
                name + " " + made.path(name).asText() + " instead of " + now.path(name).asText())
        .collect(Collectors.joining(", "));
  }

  /** Hashes all items. Each field ends with a zero byte, which no name contains. */
  private static String hash(Listing listing) {
    MessageDigest digest = Sha256.digest();
    for (String name : listing.classes()) {
      add(digest, name);
      String words = listing.words().getOrDefault(name, "");
      if (!words.isEmpty()) {
        add(digest, words);
      }
    }

    listing.items().forEach(item -> add(digest, item));
    return Sha256.hex(digest);
  }

  /** Adds what the listing says about an item, except where the item is. */
  static void add(MessageDigest digest, Item item) {
    add(digest, item.key());
    add(digest, item.split());
    add(digest, Integer.toString(item.label()));
    add(digest, Long.toString(item.bytes()));
  }

  static void add(MessageDigest digest, String field) {
    digest.update(field.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
