package convoy.jobs.train.sync;

import convoy.jobs.exchange.Exchange;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.recipe.OptimizerKeys;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.SyncInterval;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.recipe.TrainingKeys;
import convoy.options.Keys;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The strategy of a rule: Spark averages the slices, and the rule makes the next state of them. */
record RuleStrategy(SyncRule rule) implements SyncStrategy {
  private static final SyncInterval.Fixed ONE_MINIBATCH = new SyncInterval.Fixed(1);

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
    List<String> problems = new ArrayList<>(rule.problems(recipe));
    String optimizer = recipe.optimizer().get(OptimizerKeys.NAME);
    boolean reset = recipe.sync().get(SyncKeys.MOMENTUM).equals(SyncKeys.RESET);
    if (rule.reducesGradients()) {
      problems.addAll(problemsOfGradients(recipe.sync().get(SyncKeys.INTERVAL), reset));
    } else if (reset && optimizer.equals("adam")) {
      problems.add(
          "sync.momentum reset: adam corrects its moments by the iterations since the run's start,"
              + " as if they had never been reset; give average, or another optimizer");
    }

    return problems;
  }

  private List<String> problemsOfGradients(SyncInterval interval, boolean reset) {
    List<String> problems = new ArrayList<>();
    if (!interval.equals(ONE_MINIBATCH)) {
      problems.add(
          "sync.interval %s: sync.strategy %s updates after each minibatch; give 1, or leave it out"
              .formatted(SyncKeys.INTERVAL.text(interval), name()));
    }

    if (reset) {
      problems.add(
          "sync.momentum reset: sync.strategy %s has one optimizer state for all workers; leave it out"
              .formatted(name()));
    }

    return problems;
  }

  @Override
  public int interval() {
    return rule.reducesGradients() ? ONE_MINIBATCH.minibatches() : SyncStrategy.super.interval();
  }

  @Override
  public StateLayout layout(Network network) {
    return rule.reducesGradients()
        ? StateLayout.updatedInReduction(network, rule.ownVectors())
        : StateLayout.of(network, rule.ownVectors());
  }

  @Override
  public Workers open(JavaSparkContext spark, TrainingJob job) {
    Statistics statistics = Statistics.of(ParameterLayout.of(job.graph()));
    boolean reset = job.recipe().sync().get(SyncKeys.MOMENTUM).equals(SyncKeys.RESET);
    return new OnSpark(
        spark, job, new BySlice(rule.with(job), statistics, reset, job.sendsRounded()));
  }

  private record OnSpark(JavaSparkContext spark, TrainingJob job, BySlice rule) implements Workers {
    @Override
    public Trained train(HeldState state, Round round) {
      int workers = job.recipe().training().get(TrainingKeys.WORKERS);
      Exchange<WorkerReport> trained =
          Exchange.of(
              spark,
              state,
              workers,
              new WorkerTask(job, round, state, rule.rule.reducesGradients()));
      return () -> () -> result(trained.next(rule.in(round)));
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

  /** The rule as the exchange calls it, for any vector of the state. */
  private record BySlice(SyncRule rule, Statistics statistics, boolean reset, boolean differences)
      implements Serializable {
    SliceRule in(Round round) {
      return (place, sent) -> {
        boolean parameters = place.vector().equals(StateLayout.PARAMETERS);
        if (reset && !parameters) {
          return new Next(Slice.zeros(sent.length()), Map.of());
        }

        Slice mean = differences ? values(place, sent) : sent;
        return parameters
            ? parameters(round, place, mean)
            : new Next(rule.optimizerState(round, place, mean), Map.of());
      };
    }

    /** The mean of what workers have, from the mean of differences. */
    private Slice values(SliceRule.Place place, Slice sent) {
      Slice mean = sent.copy();
      if (rule.reducesGradients()) {
        statistics.addBefore(place, mean);
      } else {
        Differences.addTo(mean, place.before(), 0, mean.length());
      }

      return mean;
    }

    private Next parameters(Round round, SliceRule.Place place, Slice mean) {
      Next next = rule.parameters(round, place, mean);
      return new Next(statistics.averaged(place, mean, next.state()), next.own());
    }
  }
}
