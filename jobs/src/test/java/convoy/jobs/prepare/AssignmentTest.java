package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.order.SplitMix64;
import convoy.data.source.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AssignmentTest {
  private static final long SHARD_BYTES = 100_000;
  private final List<Item> items = new ArrayList<>();
  private final List<Checked> checked = new ArrayList<>();

  private void add(String split, int label, boolean good) {
    String key = String.format("%s/%d/%04d", split, label, items.size());
    items.add(new Item(key, split, label, 1000, "file:/" + key, 0));
    checked.add(
        good ? good(10, 1000, key) : Checked.rejected("jpeg", "truncated", "the end is missing"));
  }

  private static Checked good(int pixels, int bytes, String content) {
    ContentHash hash = ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
    return new Checked("jpeg", pixels, pixels, 3, bytes, null, null, hash, hash, null);
  }

  private Assignment assign(double valFraction) {
    return Assignment.of(items, checked, valFraction, SHARD_BYTES, 42);
  }

  private static List<String> keys(Assignment assignment, String split) {
    return assignment.shards().stream()
        .filter(content -> content.path().startsWith(split))
        .flatMap(content -> content.rows().stream())
        .map(row -> row.item().key())
        .toList();
  }

  @Test
  void goodItemsAreAssignedOnceAndBadOnesNever() {
    for (int i = 0; i < 1000; i++) {
      add(i % 5 == 4 ? Item.VALIDATION : Item.TRAIN, i % 3, i % 10 != 0);
    }

    Assignment assignment = assign(0);
    List<String> train = keys(assignment, "train");
    List<String> validation = keys(assignment, "val");
    Set<String> all = new HashSet<>(train);
    all.addAll(validation);
    assertThat(all).hasSize(900).hasSize(train.size() + validation.size());
    assertThat(train).hasSize(700).allMatch(key -> key.startsWith("train/"));
    assertThat(assignment.train().cardinality()).isEqualTo(700);
    assertThat(assignment.shards().stream().map(ShardContent::path))
        .startsWith("train/part-00000.parquet")
        .contains("train/part-00006.parquet", "val/part-00001.parquet")
        .hasSize(9);
  }

  @Test
  void aDrawnValidationSplitIsTakenFromTheGoodOnesOfEachClass() {
    for (int i = 0; i < 400; i++) {
      add(Item.TRAIN, i % 4, i < 200 || i % 4 != 3);
    }

    Assignment assignment = assign(0.1);
    List<String> validation = keys(assignment, "val");
    for (int label = 0; label < 4; label++) {
      String prefix = "train/" + label + "/";
      assertThat(validation.stream().filter(key -> key.startsWith(prefix)))
          .hasSize(label == 3 ? 5 : 10);
    }

    assertThat(keys(assignment, "train")).hasSize(350 - 35).doesNotContainAnyElementsOf(validation);
  }

  @Test
  void shardsHaveTheSameNamesInEveryLanguage() {
    add(Item.TRAIN, 0, true);
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(assign(0).shards().get(0).path()).isEqualTo("train/part-00000.parquet");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void rowGroupsOfLargePhotographsHaveFewerExamples() {
    add(Item.TRAIN, 0, true);
    assertThat(Assignment.rowGroupExamples(checked)).isEqualTo(128);
    checked.set(0, good(6000, 4 << 20, "4"));
    assertThat(Assignment.rowGroupExamples(checked)).isEqualTo(16);
    checked.set(0, good(6000, 100 << 20, "100"));
    assertThat(Assignment.rowGroupExamples(checked)).isEqualTo(8);
  }

  @Test
  void noShardIsBelowHalfOfTheSize() {
    for (int i = 0; i < 149; i++) {
      add(Item.TRAIN, i % 3, true);
    }

    assertThat(assign(0).shards()).hasSize(1);
    add(Item.TRAIN, 0, true);
    assertThat(assign(0).shards()).hasSize(2);
    // A few pictures are most of the bytes: some shards would have none of them.
    for (int i = 0; i < 3; i++) {
      checked.set(i, good(900, 300_000, "300"));
    }

    Assignment assignment = assign(0);
    assertThat(assignment.shards().size()).isBetween(2, 10);
    assertThat(assignment.shards())
        .allMatch(
            content ->
                content.rows().stream().mapToLong(ShardContent.Row::bytes).sum()
                    >= SHARD_BYTES / 2);
  }

  @Test
  void theNumberOfShardsIsTheLargestThatLeavesNoneTooSmall() {
    SplitMix64 random = new SplitMix64(3);
    for (int round = 0; round < 200; round++) {
      long[] dealt = new long[20 + random.nextInt(400)];
      for (int i = 0; i < dealt.length; i++) {
        dealt[i] = random.nextInt(10) == 0 ? 50_000 + random.nextInt(100_000) : 100;
      }

      assertThat(Assignment.shards(dealt, SHARD_BYTES)).isEqualTo(oneByOne(dealt));
    }
  }

  /** Lowers the number by one until the smallest shard is large enough. */
  private static int oneByOne(long[] dealt) {
    long bytes = Arrays.stream(dealt).sum();
    int most = (int) Math.min(dealt.length, Math.max(1, (bytes + SHARD_BYTES / 2) / SHARD_BYTES));
    for (int shards = most; shards > 1; shards--) {
      int count = shards;
      boolean enough =
          IntStream.range(0, count)
              .mapToLong(
                  shard ->
                      IntStream.range(0, dealt.length)
                          .filter(i -> i % count == shard)
                          .mapToLong(i -> dealt[i])
                          .sum())
              .allMatch(sum -> sum >= SHARD_BYTES / 2);
      if (enough) {
        return count;
      }
    }

    return 1;
  }

  @Test
  @Timeout(30)
  void aMillionPicturesOfWhichFewAreLargeGetTheirShardsSoon() {
    long[] dealt = new long[1_280_000];
    Arrays.fill(dealt, 1);
    for (int i = 0; i < 1000; i++) {
      dealt[i] = 140_000_000;
    }

    int shards = Assignment.shards(dealt, 1L << 20);
    assertThat(shards).isBetween(990, 1000);
  }

  @Test
  void batchesHoldEveryItemInOrder() {
    for (int i = 0; i < 23; i++) {
      add(Item.TRAIN, 0, true);
    }

    for (int size : List.of(1, 2, 5, 23, 40)) {
      List<Item> all = new ArrayList<>();
      int number = 0;
      for (ItemBatch batch : ItemBatch.cut(items, size)) {
        assertThat(batch.number()).isEqualTo(number++);
        assertThat(batch.first()).isEqualTo(all.size());
        assertThat(batch.items().size()).isBetween(1, size);
        all.addAll(batch.items());
      }

      assertThat(all).isEqualTo(items);
    }
  }

  @Test
  void batchesHaveASizeThatDependsOnTheListingAlone() {
    for (int i = 0; i < 70_000; i++) {
      add(Item.TRAIN, 0, true);
    }

    assertThat(ItemBatch.cut(items)).hasSize(70);
    assertThat(ItemBatch.cut(items.subList(0, 12_800))).hasSize(64);
    assertThat(ItemBatch.cut(items.subList(0, 250))).hasSize(3);
    assertThat(ItemBatch.cut(List.of())).isEmpty();
  }

  @Test
  void whatTravelsToTasksArrivesAsItWas() throws Exception {
    for (int i = 0; i < 2000; i++) {
      add(Item.TRAIN, i % 3, true);
    }

    ShardContent content = Assignment.of(items, checked, 0, Long.MAX_VALUE / 2, 1).shards().get(0);
    assertThat(roundTrip(content)).isEqualTo(content);
    ItemBatch batch = ItemBatch.cut(items, 700).get(1);
    assertThat(roundTrip(batch)).isEqualTo(batch);
    CheckedBatch found = new CheckedBatch(5, List.copyOf(checked), true);
    assertThat(roundTrip(found)).isEqualTo(found);
    // 30 bytes of what packs well, and the 16 of the hash, which don't pack at all.
    assertThat(serialized(content).length).isLessThan(2000 * (30 + 16));
  }

  private static Object roundTrip(Object value) throws Exception {
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(serialized(value)))) {
      return in.readObject();
    }
  }

  private static byte[] serialized(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }

    return bytes.toByteArray();
  }
}
