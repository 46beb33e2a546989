package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.order.EpochShares;
import convoy.jobs.train.sync.Round;
import java.util.List;
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
      int interval = random.nextInt(1, 12);
      EpochShares shares = new EpochShares(examples, workers, batch);
      RoundSequence sequence = new RoundSequence(shares, interval, epoch -> 1 / (1 + epoch));
      RunPosition position = RunPosition.START;
      long[] covered = new long[workers];
      int rounds = 0;
      while (position.epoch() == 0) {
        Round round = sequence.at(position);
        assertThat(round.minibatches()).isBetween(1, interval);
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
      assertThat(sequence.perEpoch()).isEqualTo(rounds);
    }
  }

  @Test
  void aRoundCarriesTheRateAndTheIterationNumberOfEachMinibatch() {
    // Shares of 11 and 10 examples: 3 minibatches in an epoch.
    RoundSequence sequence =
        new RoundSequence(new EpochShares(21, 2, 4), 2, epoch -> 1 / (1 + epoch));

    assertThat(sequence.at(RunPosition.START))
        .isEqualTo(new Round(0, 0, 0, 0, List.of(1.0, 1 / (1 + 1 / 3.0))));
    assertThat(sequence.at(new RunPosition(1, 0, 2)))
        .isEqualTo(new Round(1, 0, 2, 2, List.of(1 / (1 + 2 / 3.0))));
    assertThat(sequence.at(new RunPosition(10, 5, 0)))
        .isEqualTo(new Round(10, 5, 0, 15, List.of(1 / 6.0, 1 / (1 + (5 + 1 / 3.0)))));
  }
}
