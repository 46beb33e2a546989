package convoy.data.source;

import java.util.List;
import java.util.Map;

/**
 * All of a source.
 *
 * @param classes names by label
 * @param words plain words by class name, where the source has them
 * @param items sorted by key
 * @param hidden names beginning with a dot, skipped
 * @param warnings for people, one line each
 */
public record Listing(
    List<String> classes,
    Map<String, String> words,
    List<Item> items,
    long hidden,
    List<String> warnings) {
  /** Whether the source itself holds examples back for validation. */
  public boolean hasValidation() {
    return items.stream().anyMatch(item -> item.split().equals(Item.VALIDATION));
  }

  Listing withWords(Map<String, String> others) {
    return new Listing(classes, Map.copyOf(others), items, hidden, warnings);
  }
}
