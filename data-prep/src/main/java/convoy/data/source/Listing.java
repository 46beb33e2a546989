package convoy.data.source;

import java.util.List;
import java.util.Map;

/**
 * Everything that a source has.
 *
 * @param classes names by label
 * @param words plain words by class name, where the source has them
 * @param items sorted by key
 * @param hidden the number of skipped names that begin with a dot
 * @param warnings for people, one line each
 */
public record Listing(
    List<String> classes,
    Map<String, String> words,
    List<Item> items,
    long hidden,
    List<String> warnings) {
  /** Returns whether the source itself has a validation split. */
  public boolean hasValidation() {
    return items.stream().anyMatch(item -> item.split().equals(Item.VALIDATION));
  }

  Listing withWords(Map<String, String> others) {
    return new Listing(classes, Map.copyOf(others), items, hidden, warnings);
  }
}
