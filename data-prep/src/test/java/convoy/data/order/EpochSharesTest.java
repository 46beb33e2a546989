package convoy.data.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EpochSharesTest {
  @Test
  void theSharesOfAllWorkersAreTheEpochAndTheLargestOneCountsItsMinibatches() {
    SplittableRandom random = new SplittableRandom(2);
    for (int trial = 0; trial < 500; trial++) {
      EpochShares shares =
          new EpochShares(random.nextInt(0, 300), random.nextInt(1, 9), random.nextInt(1, 20));
      long examples = 0;
      long minibatches = 0;
      for (int worker = 0; worker < shares.workers(); worker++) {
        long share = shares.share(worker);
        examples += share;
        minibatches = Math.max(minibatches, shares.minibatches(new EpochShares.Range(0, share)));
      }

      assertThat(examples).isEqualTo(shares.examples());
      assertThat(shares.minibatches()).isEqualTo(minibatches);
    }
  }

  @Test
  void theLastMinibatchIsSmallerAndNothingComesAfterIt() {
    EpochShares shares = new EpochShares(21, 2, 4); // The shares are 10 and 11.
    assertThat(shares.minibatches()).isEqualTo(3);
    assertThat(shares.range(0, 1, 2)).isEqualTo(new EpochShares.Range(4, 10));
    assertThat(shares.minibatches(shares.range(0, 1, 2))).isEqualTo(2);
    assertThat(shares.range(1, 2, 5).examples()).isEqualTo(3);
    assertThat(shares.range(0, 3, 1).isEmpty()).isTrue();
  }

  @Test
  void aWorkerWhoseShareEndsBeforeTheOthersReadsNothing() {
    EpochShares shares = new EpochShares(5, 2, 2); // The shares are 2 and 3.
    assertThat(shares.range(0, 1, 1).isEmpty()).isTrue();
    assertThat(shares.range(1, 1, 1).examples()).isEqualTo(1);
  }

  @Test
  void epochsAreDoneByMinibatchesOfTheLargestShare() {
    EpochShares shares = new EpochShares(21, 2, 4);
    assertThat(shares.epochsDone(2, 0)).isEqualTo(2.0);
    assertThat(shares.epochsDone(2, 1)).isEqualTo(2 + 1.0 / 3);
  }

  @Test
  void impossibleSizesAreRefused() {
    assertThatThrownBy(() -> new EpochShares(10, 2, 1).share(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("worker 2 of 2 doesn't exist");
    assertThatThrownBy(() -> new EpochShares(10, 0, 1))
        .hasMessage("cannot divide 10 examples among 0 workers in minibatches of 1");
    assertThatThrownBy(() -> new EvenParts(-1, 2)).isInstanceOf(IllegalArgumentException.class);
  }
}
