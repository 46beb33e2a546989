package convoy.jobs.train.sync;

import convoy.jobs.exchange.Exchange;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.TrainingKeys;
import convoy.options.Keys;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The strategy of a rule: Spark averages the slices, and the rule makes the next state of them. */
record RuleStrategy(SyncRule rule) implements SyncStrategy {
  @Override
  public String name() {
    return rule.name();
  }

  @Override
  public Keys keys() {
    return rule.keys();
  }

  @Override
  public List<String> problems(Recipe recipe) {
    return rule.problems(recipe);
  }

  @Override
  public List<String> ownVectors() {
    return rule.ownVectors();
  }

  @Override
  public Workers open(JavaSparkContext spark, TrainingJob job) {
    return new OnSpark(spark, job, rule.with(job.recipe().sync()));
  }

  private record OnSpark(JavaSparkContext spark, TrainingJob job, SyncRule rule)
      implements Workers {
    @Override
    public Trained train(HeldState state, Round round) {
      int workers = job.recipe().training().get(TrainingKeys.WORKERS);
      Exchange<WorkerReport> trained =
          Exchange.of(spark, state, workers, new WorkerTask(job, round, state));
      return () -> () -> result(trained.next(new InRound(rule, round)));
    }

    private static RoundResult result(Exchange.Result<WorkerReport> next) {
      double loss = 0;
      for (WorkerReport report : next.reports()) { // DoubleStream.sum would add in a different way.
        loss += report.lossSum();
      }

      return new RoundResult(
          next.state(), next.finite() && Double.isFinite(loss), loss, next.reports());
    }

    @Override
    public void close() {
      // Networks stay in the pools of the executors, as an evaluation may follow.
    }
  }

  /** The rule in one round, as the exchange calls it. */
  private record InRound(SyncRule rule, Round round) implements SliceRule {
    @Override
    public Next next(Place place, Slice mean) {
      return place.vector().equals(StateLayout.PARAMETERS)
          ? rule.parameters(round, place, mean)
          : new Next(rule.optimizerState(round, place, mean), Map.of());
    }
  }
}
