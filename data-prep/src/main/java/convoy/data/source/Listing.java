package convoy.data.source;

import java.util.List;

/**
 * All of a source.
 *
 * @param classes names by label
 * @param items sorted by key
 * @param hidden names beginning with a dot, skipped
 * @param warnings for people, one line each
 */
public record Listing(List<String> classes, List<Item> items, long hidden, List<String> warnings) {
  /** Whether the source itself holds examples back for validation. */
  public boolean hasValidation() {
    return items.stream().anyMatch(item -> item.split().equals(Item.VALIDATION));
  }
}
