package convoy.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that the user of a mistyped name most likely meant. */
public final class Suggestions {
  private Suggestions() {}

  /**
   * Returns the nearest name by edit distance, if it is near enough: two letters or a third of the
   * name may differ, but not more than half of it. Case, dashes, underscores and spaces don't
   * count.
   */
  public static Optional<String> nearest(String value, Collection<String> known) {
    String typed = plain(value);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(typed, plain(name))))
        .filter(name -> isNear(typed, plain(name)));
  }

  private static boolean isNear(String typed, String name) {
    int longest = Math.max(typed.length(), name.length());
    return distance(typed, name) <= Math.min(Math.max(2, longest / 3), longest / 2);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Counts inserted, deleted, changed and swapped letters (Damerau 1964, adjacent swaps only). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }

        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }

    return cost[a.length()][b.length()];
  }
}
