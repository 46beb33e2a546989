package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.order.EpochShares;
import convoy.jobs.recipe.SyncInterval;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.sync.Round;
import convoy.options.ByEpoch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundSequenceTest {
  @Test
  void theRoundsOfAnEpochCoverEachWorkersShareOnceAndNeverSpanTwoEpochs() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 300; trial++) {
      int examples = random.nextInt(1, 500);
      int workers = random.nextInt(1, 9);
      int batch = random.nextInt(1, 40);
      SyncInterval interval = interval(random);
      EpochShares shares = new EpochShares(examples, workers, batch);
      RoundSequence sequence = new RoundSequence(shares, interval, epoch -> 1 / (1 + epoch));
      RunPosition position = RunPosition.START;
      long[] covered = new long[workers];
      int rounds = 0;
      while (position.epoch() == 0) {
        Round round = sequence.at(position);
        assertThat(round.minibatches())
            .isBetween(1, interval.minibatches(0, round.learningRates().get(0)));
        for (int worker = 0; worker < workers; worker++) {
          EpochShares.Range range =
              shares.range(worker, round.firstMinibatch(), round.minibatches());
          assertThat(range.from()).isEqualTo(covered[worker]);
          covered[worker] = range.to();
        }

        position = sequence.after(position);
        rounds++;
      }

      for (int worker = 0; worker < workers; worker++) {
        assertThat(covered[worker]).isEqualTo(shares.share(worker));
      }

      assertThat(position).isEqualTo(new RunPosition(rounds, 1, 0));
      assertThat(sequence.count(1)).isEqualTo(rounds);
      while (position.epoch() < 3) {
        position = sequence.after(position);
        rounds++;
      }

      assertThat(sequence.count(3)).isEqualTo(rounds);
    }
  }

  private static SyncInterval interval(SplittableRandom random) {
    int number = random.nextInt(1, 12);
    return switch (random.nextInt(3)) {
      case 0 -> new SyncInterval.Fixed(number);
      case 1 ->
          new SyncInterval.Staged(
              new ByEpoch<>(List.of(new ByEpoch.Stage<>(1, 1), new ByEpoch.Stage<>(number, -1))));
      default -> new SyncInterval.Quadratic(number, random.nextDouble(0.1, 4));
    };
  }

  @Test
  void anIntervalByEpochChangesWithTheEpoch() {
    // 10 minibatches of each worker in an epoch.
    SyncInterval interval =
        SyncKeys.INTERVAL.kind().parse().apply(List.of("1 to epoch 1", "4 to epoch 2", 10));
    RoundSequence sequence = new RoundSequence(new EpochShares(40, 2, 2), interval, epoch -> 0.1);
    assertThat(lengths(sequence, 3)).isEqualTo(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 4, 4, 2, 10));
  }

  @Test
  void theQuadraticRuleGrowsAsTheRateFalls() {
    SyncInterval interval =
        SyncKeys.INTERVAL.kind().parse().apply(Map.of("qsr", Map.of("least", 2, "alpha", 0.3)));
    RoundSequence sequence =
        new RoundSequence(new EpochShares(40, 2, 2), interval, epoch -> epoch < 1 ? 0.2 : 0.1);
    // floor((0.3 / 0.2)^2) is 2 and floor((0.3 / 0.1)^2) is 8, as 0.3 / 0.1 is below 3.
    assertThat(lengths(sequence, 2)).isEqualTo(List.of(2, 2, 2, 2, 2, 8, 2));
    assertThat(interval.minibatches(0, 0)).as("a rate of zero").isEqualTo(1_000_000);
    assertThat(SyncKeys.INTERVAL.kind().write().apply(interval))
        .hasToString("{qsr={least=2, alpha=0.3}}");
  }

  private static List<Integer> lengths(RoundSequence sequence, int epochs) {
    List<Integer> lengths = new ArrayList<>();
    RunPosition position = RunPosition.START;
    while (position.epoch() < epochs) {
      lengths.add(sequence.at(position).minibatches());
      position = sequence.after(position);
    }

    return lengths;
  }

  @Test
  void aRoundCarriesTheRateAndTheIterationNumberOfEachMinibatch() {
    // Shares of 11 and 10 examples: 3 minibatches in an epoch.
    RoundSequence sequence =
        new RoundSequence(
            new EpochShares(21, 2, 4), new SyncInterval.Fixed(2), epoch -> 1 / (1 + epoch));

    assertThat(sequence.at(RunPosition.START))
        .isEqualTo(new Round(0, 0, 0, 0, List.of(1.0, 1 / (1 + 1 / 3.0))));
    assertThat(sequence.at(new RunPosition(1, 0, 2)))
        .isEqualTo(new Round(1, 0, 2, 2, List.of(1 / (1 + 2 / 3.0))));
    assertThat(sequence.at(new RunPosition(10, 5, 0)))
        .isEqualTo(new Round(10, 5, 0, 15, List.of(1 / 6.0, 1 / (1 + (5 + 1 / 3.0)))));
  }
}
