package convoy.data.order;

import java.util.BitSet;

/** Draws that keep the share of every class: examples into shards, and a validation split. */
public final class Stratified {
  private Stratified() {}

  /**
   * Spreads examples over shards. The number of examples of a class differs by at most one between
   * shards, the sizes of shards differ by at most one, and the order inside a shard is shuffled.
   *
   * @param labels class index of each example
   * @return for each shard the indices of its examples, in order
   */
  public static int[][] assign(int[] labels, long seed, int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("shards " + shards + " must be at least 1");
    }

    int[][] assigned = new int[shards][];
    for (int shard = 0; shard < shards; shard++) {
      int later = labels.length % shards > shard ? 1 : 0;
      assigned[shard] = new int[labels.length / shards + later];
    }

    int[] order = dealt(labels, seed);
    for (int i = 0; i < order.length; i++) {
      assigned[i % shards][i / shards] = order[i];
    }

    for (int shard = 0; shard < shards; shard++) {
      new SplitMix64(Seeds.ofShard(seed, shard)).shuffle(assigned[shard]);
    }

    return assigned;
  }

  /**
   * Returns the examples in the order in which they are dealt to shards, like cards, class after
   * class. The next class continues where the last one ended. The i-th example goes to shard i %
   * shards, for any number of shards.
   */
  public static int[] dealt(int[] labels, long seed) {
    int[] order = new int[labels.length];
    int dealt = 0;
    for (int[] members : byClass(labels, seed)) {
      System.arraycopy(members, 0, order, dealt, members.length);
      dealt += members.length;
    }

    return order;
  }

  /**
   * Draws a validation split. It takes {@code fraction}, rounded, of each class with at least two
   * examples and leaves at least one example in each split.
   *
   * @return the indices of the drawn examples
   */
  public static BitSet draw(int[] labels, long seed, double fraction) {
    if (!(fraction >= 0 && fraction < 1)) {
      throw new IllegalArgumentException("fraction " + fraction + " must be in [0, 1)");
    }

    BitSet drawn = new BitSet(labels.length);
    if (fraction == 0) {
      return drawn;
    }

    for (int[] members : byClass(labels, seed)) {
      long wanted = Math.round(members.length * fraction);
      long possible = Math.min(Math.max(wanted, 1), members.length - 1L);
      for (int i = 0; i < possible; i++) {
        drawn.set(members[i]);
      }
    }

    return drawn;
  }

  /** Returns the examples of each class in a random order that seed and class decide. */
  private static int[][] byClass(int[] labels, long seed) {
    int classes = 0;
    for (int label : labels) {
      classes = Math.max(classes, label + 1);
    }

    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }

    int[][] members = new int[classes][];
    for (int label = 0; label < classes; label++) {
      members[label] = new int[counts[label]];
    }

    int[] filled = new int[classes];
    for (int example = 0; example < labels.length; example++) {
      members[labels[example]][filled[labels[example]]++] = example;
    }

    for (int label = 0; label < classes; label++) {
      new SplitMix64(Seeds.ofClass(seed, label)).shuffle(members[label]);
    }

    return members;
  }
}
