package convoy.data.transform;

import java.util.Locale;

/** Whether a word may be a misspelling of another. */
final class Spelling {
  private Spelling() {}

  /** Equal but for case, dashes and at most two typing errors. */
  static boolean near(String word, String known) {
    String one = plain(word);
    String other = plain(known);
    return distance(one, other) <= Math.min(2, other.length() / 2 - 1);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Levenshtein distance. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }

    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }

    return row[other.length()];
  }
}
