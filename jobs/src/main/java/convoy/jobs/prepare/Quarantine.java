package convoy.jobs.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.source.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The files that became no example, with one line for each, sorted by key. */
final class Quarantine {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An error line names at most this many files. */
  private static final int SHOWN = 20;

  private final StringBuilder lines = new StringBuilder();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final List<String> first = new ArrayList<>();

  private Quarantine() {}

  static Quarantine of(List<Item> items, List<Checked> checked) throws JsonProcessingException {
    Quarantine quarantine = new Quarantine();
    for (int i = 0; i < items.size(); i++) {
      if (!checked.get(i).good()) {
        quarantine.add(items.get(i).key(), checked.get(i));
      }
    }

    return quarantine;
  }

  /** Counts by reason of a quarantine.jsonl. */
  static Map<String, Long> count(String text) throws JsonProcessingException {
    Map<String, Long> reasons = new TreeMap<>();
    for (String line : text.lines().toList()) {
      reasons.merge(JSON.readTree(line).path("reason").asText(), 1L, Long::sum);
    }

    return reasons;
  }

  /** The number of bad pictures. Duplicates don't count, as they are usable pictures. */
  static long bad(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .filter(reason -> !reason.getKey().startsWith(Duplicates.DUPLICATE))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private void add(String key, Checked rejected) throws JsonProcessingException {
    ObjectNode line = JSON.createObjectNode();
    line.put("key", key);
    line.put("reason", rejected.reason());
    line.put("format", rejected.format());
    line.put("action", "rejected");
    line.put("message", rejected.message());
    lines.append(JSON.writeValueAsString(line)).append('\n');
    reasons.merge(rejected.reason(), 1L, Long::sum);
    if (first.size() < SHOWN) {
      first.add(key + " (" + rejected.reason() + ")");
    }
  }

  /** The content of quarantine.jsonl: one JSON object on each line. */
  String text() {
    return lines.toString();
  }

  Map<String, Long> reasons() {
    return reasons;
  }

  long files() {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Key and reason of the first files. */
  List<String> first() {
    return List.copyOf(first);
  }

  /** Counts by reason, such as {@code truncated 3, not-a-picture 1}. */
  String summary() {
    return reasons.entrySet().stream()
        .map(reason -> reason.getKey() + " " + reason.getValue())
        .collect(Collectors.joining(", "));
  }
}
