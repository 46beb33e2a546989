package convoy.jobs.predict;

/** Ranks classes by probability. Equal ones are ranked by label, and NaN comes last. */
public final class Ranking {
  private Ranking() {}

  /** The first {@code k} labels, or all of them if there are fewer. */
  public static int[] top(float[] probabilities, int k) {
    int[] top = new int[Math.min(k, probabilities.length)];
    int found = 0;
    for (int label = 0; label < probabilities.length; label++) {
      int place = found;
      while (place > 0 && isBefore(probabilities, label, top[place - 1])) {
        place--;
      }

      if (place < top.length) {
        int last = Math.min(found, top.length - 1);
        System.arraycopy(top, place, top, place + 1, last - place);
        top[place] = label;
        found = last + 1;
      }
    }

    return top;
  }

  /** The number of classes before {@code label}, so 0 is the best rank. */
  public static int rank(float[] probabilities, int label) {
    int rank = 0;
    for (int other = 0; other < probabilities.length; other++) {
      if (other != label && isBefore(probabilities, other, label)) {
        rank++;
      }
    }

    return rank;
  }

  private static boolean isBefore(float[] probabilities, int a, int b) {
    float first = probabilities[a];
    float second = probabilities[b];
    if (Float.isNaN(first) || Float.isNaN(second)) {
      return Float.isNaN(first) == Float.isNaN(second) ? a < b : Float.isNaN(second);
    }

    return first != second ? first > second : a < b;
  }
}
