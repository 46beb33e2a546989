package convoy.data.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.order.EpochOrder.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EpochOrderTest {
  /** One epoch: sizes of row groups, seed, epoch and workers. */
  record Case(List<Integer> rowGroups, long seed, int epoch, int workers) {
    long examples() {
      return rowGroups.stream().mapToLong(Integer::longValue).sum();
    }

    List<Position> worker(int worker) {
      return part(worker, 0, new EvenParts(examples(), workers).size(worker));
    }

    List<Position> part(int worker, long from, long to) {
      return EpochOrder.positions(rowGroups, seed, epoch, workers, worker, from, to);
    }
  }

  static Stream<Case> cases() {
    Stream<Case> small =
        Stream.of(
            new Case(List.of(), 1, 0, 3),
            new Case(List.of(1), 1, 0, 1),
            new Case(List.of(1), 1, 0, 7),
            new Case(List.of(3), -5, 2, 4),
            new Case(List.of(128, 128, 1), 9, 1, 2));
    return Stream.concat(small, IntStream.range(0, 500).mapToObj(EpochOrderTest::random));
  }

  private static Case random(int number) {
    SplitMix64 random = new SplitMix64(number);
    int[] limits = {1, 5, 128, 256};
    int limit = limits[random.nextInt(limits.length)];
    List<Integer> rowGroups = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      rowGroups.add(1 + random.nextInt(limit));
    }

    return new Case(rowGroups, random.nextLong(), random.nextInt(100), 1 + random.nextInt(17));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyExampleIsReadOnceByExactlyOneWorker(Case epoch) {
    List<Position> all = new ArrayList<>();
    for (int worker = 0; worker < epoch.workers(); worker++) {
      all.addAll(epoch.worker(worker));
    }

    Set<Position> expected = new HashSet<>();
    for (int group = 0; group < epoch.rowGroups().size(); group++) {
      for (int row = 0; row < epoch.rowGroups().get(group); row++) {
        expected.add(new Position(group, row));
      }
    }

    assertThat(all).hasSize(expected.size());
    assertThat(new HashSet<>(all)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sharesDifferByAtMostOneExample(Case epoch) {
    long smallest = Long.MAX_VALUE;
    long largest = 0;
    for (int worker = 0; worker < epoch.workers(); worker++) {
      long share = new EvenParts(epoch.examples(), epoch.workers()).size(worker);
      assertThat(epoch.worker(worker)).hasSize((int) share);
      smallest = Math.min(smallest, share);
      largest = Math.max(largest, share);
    }

    assertThat(largest - smallest).isBetween(0L, 1L);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aRangeAgreesWithTheWhole(Case epoch) {
    SplitMix64 random = new SplitMix64(epoch.seed());
    int worker = random.nextInt(epoch.workers());
    List<Position> whole = epoch.worker(worker);
    for (int i = 0; i < 5; i++) {
      int from = random.nextInt(whole.size() + 1);
      int to = from + random.nextInt(whole.size() - from + 1);
      assertThat(epoch.part(worker, from, to)).isEqualTo(whole.subList(from, to));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aReaderNeedsNoMoreThanAWindowAtATime(Case epoch) {
    for (int worker = 0; worker < epoch.workers(); worker++) {
      // After a whole window of other row groups, a row group is never needed again.
      List<Position> positions = epoch.worker(worker);
      Set<Integer> window = new HashSet<>();
      Set<Integer> left = new HashSet<>();
      for (Position position : positions) {
        if (!window.contains(position.rowGroup())
            && window.size() == EpochOrder.WINDOW_ROW_GROUPS) {
          left.addAll(window);
          window.clear();
        }

        window.add(position.rowGroup());
        assertThat(left).doesNotContain(position.rowGroup());
      }
    }
  }

  @Test
  void epochsAndSeedsDiffer() {
    List<Integer> rowGroups = List.of(128, 128, 128, 128, 128, 40);
    Set<List<Position>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      for (long seed = 0; seed < 20; seed++) {
        orders.add(new Case(rowGroups, seed, epoch, 1).worker(0));
      }
    }

    assertThat(orders).hasSize(400);
  }

  @Test
  void theOrderIsTheOneOfTheFirstVersion() {
    // A resumed run of an older Convoy needs the same order, so these numbers never change.
    List<Position> positions = new Case(List.of(3, 2, 4, 3), 42, 1, 2).worker(1);
    assertThat(positions.stream().map(at -> at.rowGroup() + ":" + at.row()))
        .containsExactly("0:0", "3:0", "0:2", "0:1", "3:1", "3:2");
  }

  @Test
  void everyOrderOfThreeIsAboutEquallyLikely() {
    int[] counts = new int[27];
    for (int seed = 0; seed < 6000; seed++) {
      int[] order = SplitMix64.permutation(3, Seeds.ofRowGroups(seed, 0));
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }

    int[] seen = IntStream.of(counts).filter(count -> count > 0).toArray();
    assertThat(seen).hasSize(6);
    for (int count : seen) {
      assertThat(count).isBetween(900, 1100);
    }
  }

  @Test
  void aRangeOutsideTheShareIsRefused() {
    assertThatThrownBy(() -> EpochOrder.positions(List.of(10), 1, 0, 2, 0, 0, 6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("positions 0 to 6 of worker 0 aren't in 0 to 5");
    assertThatThrownBy(() -> EpochOrder.positions(List.of(10), 1, 0, 2, 2, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
