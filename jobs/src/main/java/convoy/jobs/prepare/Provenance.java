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
import convoy.jobs.ConvoyVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What decides a dataset's content, and nothing else: no path, host, time or number of tasks. */
final class Provenance {
  private Provenance() {}

  /** As it reads back from a manifest, so that the two compare. */
  static JsonNode of(PrepareOptions options, Listing listing) throws JsonProcessingException {
    ObjectNode provenance = JsonNodeFactory.instance.objectNode();
    provenance.put("source", options.source());
    provenance.put("files", listing.items().size());
    provenance.put("listingSha256", hash(listing));
    ObjectNode content = provenance.putObject("options");
    content.put("valFraction", valFraction(options, listing));
    content.put("shardBytes", options.shardBytes());
    content.put("seed", options.seed());
    content.put("duplicates", options.duplicates().name().toLowerCase(Locale.ROOT));
    content.put("shortSide", options.shortSide());
    provenance.put("convoy", ConvoyVersion.current());
    provenance.put("decoder", Decoder.version());
    return new ObjectMapper().readTree(provenance.toString());
  }

  /** 0 where the source holds its own examples back: the option has no effect then. */
  static double valFraction(PrepareOptions options, Listing listing) {
    return listing.hasValidation() ? 0 : options.valFraction();
  }

  /** The names of what differs, for people. */
  static List<String> differences(JsonNode one, JsonNode other) {
    List<String> names = new ArrayList<>();
    one.fieldNames()
        .forEachRemaining(
            name -> {
              if (name.equals("options")) {
                names.addAll(differences(one.get(name), other.path(name)));
              } else if (!one.get(name).equals(other.path(name))) {
                names.add(name);
              }
            });
    return names;
  }

  /** Fields end with a zero byte, which no name holds. */
  private static String hash(Listing listing) {
    MessageDigest digest = Sha256.digest();
    for (String name : listing.classes()) {
      update(digest, name);
      String words = listing.words().getOrDefault(name, "");
      if (!words.isEmpty()) {
        update(digest, words);
      }
    }

    for (Item item : listing.items()) {
      update(digest, item.key());
      update(digest, item.split());
      update(digest, Integer.toString(item.label()));
      update(digest, Long.toString(item.bytes()));
    }

    return Sha256.hex(digest);
  }

  private static void update(MessageDigest digest, String field) {
    digest.update(field.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
