package convoy.zoo;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a mistyped name was meant to be. */
final class Suggestions {
  private Suggestions() {}

  /** The known name nearest to {@code typed}, unless none is near. */
  static Optional<String> nearest(String typed, Collection<String> known) {
    int tolerated = Math.max(2, typed.length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name) <= tolerated)
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** Levenshtein's distance: letters to insert, delete or replace. */
  static int distance(String from, String to) {
    int[] above = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      above[column] = column;
    }

    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        int replaced = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int changed = Math.min(above[column], current[column - 1]) + 1;
        current[column] = Math.min(changed, above[column - 1] + replaced);
      }
      above = current;
    }
    return above[to.length()];
  }
}
