package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.order.EpochOrder;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.train.sync.Round;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundPlanTest {
  @Test
  void theRoundsOfAnEpochCoverEachWorkersShareOnceAndNeverSpanTwoEpochs() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 300; trial++) {
      int examples = random.nextInt(1, 500);
      int workers = random.nextInt(1, 9);
      int batch = random.nextInt(1, 40);
      int interval = random.nextInt(1, 12);
      RoundPlan plan = RoundPlan.of(examples, recipe(workers, batch, interval));
      Position position = Position.START;
      long[] covered = new long[workers];
      int rounds = 0;
      while (position.epoch() == 0) {
        Round round = plan.roundAt(position);
        assertThat(round.minibatches()).isBetween(1, interval);
        for (int worker = 0; worker < workers; worker++) {
          long share = EpochOrder.share(examples, workers, worker);
          assertThat(round.from(share, batch)).isEqualTo(covered[worker]);
          covered[worker] = round.to(share, batch);
        }

        position = plan.after(position);
        rounds++;
      }

      for (int worker = 0; worker < workers; worker++) {
        assertThat(covered[worker]).isEqualTo(EpochOrder.share(examples, workers, worker));
      }

      assertThat(position).isEqualTo(new Position(rounds, 1, 0));
      assertThat(plan.roundsPerEpoch()).isEqualTo(rounds);
    }
  }

  private static Recipe recipe(int workers, int batch, int interval) {
    return Recipes.read(
        "model: {name: lenet5-modern}",
        List.of(
            "training.workers=" + workers,
            "training.batchSizePerWorker=" + batch,
            "sync.interval=" + interval));
  }
}
