package convoy.jobs.prepare;

import convoy.data.order.Stratified;
import convoy.data.source.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * The split and shard of each example, as a pure function of listing, check, options and seed.
 *
 * @param train indexes of the items in the training split
 * @param shards the shards of all splits
 */
record Assignment(BitSet train, List<ShardContent> shards) {
  /** The usual number of examples in a row group. */
  static final int ROW_GROUP_EXAMPLES = 128;

  /**
   * Row groups of large photographs have fewer examples, as a reader holds a few groups at once.
   */
  static final long ROW_GROUP_BYTES = 64L << 20;

  static final int FEWEST_ROW_GROUP_EXAMPLES = 8;

  /** If shards are too small, their number is lowered by this part of it, and at least by 1. */
  private static final int STEPS = 100;

  /**
   * Assigns the good items.
   *
   * @param checked the result of each item's check
   * @param valFraction part of the training examples that becomes val; 0 if the source has its own
   */
  static Assignment of(
      List<Item> items, List<Checked> checked, double valFraction, long shardBytes, long seed) {
    List<Integer> train = new ArrayList<>();
    List<Integer> validation = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (checked.get(i).good()) {
        (items.get(i).split().equals(Item.TRAIN) ? train : validation).add(i);
      }
    }

    BitSet drawn = Stratified.draw(labels(items, train), seed, valFraction);
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < train.size(); i++) {
      (drawn.get(i) ? validation : kept).add(train.get(i));
    }

    int rowGroupExamples = rowGroupExamples(checked);
    List<ShardContent> shards = new ArrayList<>();
    BitSet inTrain = new BitSet(items.size());
    kept.forEach(inTrain::set);
    for (String split : OutputFolder.SPLITS) {
      List<Integer> members = split.equals(Item.TRAIN) ? kept : validation;
      shards.addAll(contents(split, members, items, checked, shardBytes, seed, rowGroupExamples));
    }

    return new Assignment(inTrain, shards);
  }

  private static List<ShardContent> contents(
      String split,
      List<Integer> members,
      List<Item> items,
      List<Checked> checked,
      long shardBytes,
      long seed,
      int rowGroupExamples) {
    if (members.isEmpty()) {
      return List.of();
    }

    int[][] assigned = assign(members, items, checked, shardBytes, seed);
    List<ShardContent> shards = new ArrayList<>();
    for (int shard = 0; shard < assigned.length; shard++) {
      List<ShardContent.Row> rows = new ArrayList<>();
      for (int member : assigned[shard]) {
        int i = members.get(member);
        rows.add(row(items.get(i), checked.get(i)));
      }

      String path = String.format(Locale.ROOT, "%s/part-%05d.parquet", split, shard);
      shards.add(new ShardContent(path, rowGroupExamples, rows));
    }

    return shards;
  }

  /** Makes shards that come nearest to the size, and fewer if one would be below half of it. */
  private static int[][] assign(
      List<Integer> members, List<Item> items, List<Checked> checked, long shardBytes, long seed) {
    int[] labels = labels(items, members);
    long[] dealt =
        Arrays.stream(Stratified.dealt(labels, seed))
            .mapToLong(member -> checked.get(members.get(member)).bytes())
            .toArray();
    return Stratified.assign(labels, seed, shards(dealt, shardBytes));
  }

  /**
   * Chooses the number of shards.
   *
   * @param dealt bytes of each example, in the order of {@link Stratified#dealt}
   */
  static int shards(long[] dealt, long shardBytes) {
    long bytes = Arrays.stream(dealt).sum();
    int count = (int) Math.min(dealt.length, Math.max(1, (bytes + shardBytes / 2) / shardBytes));
    while (count > 1 && smallest(dealt, count) < shardBytes / 2) {
      count -= Math.max(1, count / STEPS);
    }

    return count;
  }

  private static long smallest(long[] dealt, int count) {
    long[] sizes = new long[count];
    for (int i = 0; i < dealt.length; i++) {
      sizes[i % count] += dealt[i];
    }

    return Arrays.stream(sizes).min().orElseThrow();
  }

  private static ShardContent.Row row(Item item, Checked found) {
    return new ShardContent.Row(
        item,
        found.format(),
        found.width(),
        found.height(),
        found.channels(),
        found.bytes(),
        found.stored());
  }

  static int rowGroupExamples(List<Checked> checked) {
    long examples = checked.stream().filter(Checked::good).count();
    long bytes = checked.stream().mapToLong(Checked::bytes).sum();
    long fitting = bytes == 0 ? ROW_GROUP_EXAMPLES : ROW_GROUP_BYTES * examples / bytes;
    return (int) Math.max(FEWEST_ROW_GROUP_EXAMPLES, Math.min(ROW_GROUP_EXAMPLES, fitting));
  }

  private static int[] labels(List<Item> items, List<Integer> members) {
    return members.stream().mapToInt(i -> items.get(i).label()).toArray();
  }
}
