package convoy.data.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StratifiedTest {
  @SuppressWarnings("ArrayRecordComponent") // The record is never compared.
  record Case(int[] labels, long seed, int shards) {
    int classes() {
      return 1 + IntStream.of(labels).max().orElse(-1);
    }

    long count(int label) {
      return IntStream.of(labels).filter(other -> other == label).count();
    }
  }

  static Stream<Case> cases() {
    return IntStream.range(0, 300)
        .mapToObj(
            number -> {
              SplitMix64 random = new SplitMix64(number);
              int classes = 1 + random.nextInt(20);
              int[] labels = new int[random.nextInt(2000)];
              for (int i = 0; i < labels.length; i++) {
                // The sizes are uneven: the first classes are the largest.
                labels[i] = random.nextInt(1 + random.nextInt(classes));
              }

              return new Case(labels, random.nextLong(), 1 + random.nextInt(12));
            });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyExampleIsInOneShardAndEveryClassInItsShare(Case data) {
    int[][] shards = Stratified.assign(data.labels(), data.seed(), data.shards());
    assertThat(shards).hasNumberOfRows(data.shards());
    int[] all = Stream.of(shards).flatMapToInt(IntStream::of).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, data.labels().length).toArray());
    for (int[] shard : shards) {
      assertThat(shard.length - data.labels().length / data.shards()).isBetween(0, 1);
      for (int label = 0; label < data.classes(); label++) {
        int wanted = label;
        long inShard = IntStream.of(shard).filter(i -> data.labels()[i] == wanted).count();
        assertThat(inShard - data.count(label) / data.shards()).isBetween(0L, 1L);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void howExamplesAreDealtDoesNotDependOnTheNumberOfShards(Case data) {
    int[] dealt = Stratified.dealt(data.labels(), data.seed());
    int[][] shards = Stratified.assign(data.labels(), data.seed(), data.shards());
    for (int shard = 0; shard < shards.length; shard++) {
      int number = shard;
      assertThat(IntStream.of(shards[shard]).sorted().toArray())
          .isEqualTo(
              IntStream.range(0, dealt.length)
                  .filter(i -> i % shards.length == number)
                  .map(i -> dealt[i])
                  .sorted()
                  .toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theValidationSplitTakesItsFractionOfEveryClass(Case data) {
    BitSet drawn = Stratified.draw(data.labels(), data.seed(), 0.1);
    for (int label = 0; label < data.classes(); label++) {
      int wanted = label;
      long count = data.count(label);
      long held = drawn.stream().filter(i -> data.labels()[i] == wanted).count();
      long expected = Math.min(Math.max(Math.round(count * 0.1), 1), Math.max(count - 1, 0));
      assertThat(held).isEqualTo(expected);
    }
  }

  @Test
  void seedsDecideTheOrderAndNothingElseDoes() {
    int[] labels = IntStream.range(0, 100).map(i -> i % 10).toArray();
    assertThat(Stratified.assign(labels, 1, 3)).isDeepEqualTo(Stratified.assign(labels, 1, 3));
    assertThat(Arrays.deepEquals(Stratified.assign(labels, 1, 3), Stratified.assign(labels, 2, 3)))
        .isFalse();
    assertThat(Stratified.draw(labels, 1, 0.2)).isNotEqualTo(Stratified.draw(labels, 2, 0.2));
  }

  @Test
  void noFractionDrawsNothing() {
    assertThat(Stratified.draw(new int[] {0, 0, 1}, 1, 0).isEmpty()).isTrue();
  }
}
