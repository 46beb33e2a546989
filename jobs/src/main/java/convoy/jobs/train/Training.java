package convoy.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.evaluate.Evaluator;
import convoy.jobs.exchange.BroadcastState;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.io.Progress;
import convoy.jobs.predict.Classifier;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.train.schedule.Schedules;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.WorkerReport;
import convoy.jobs.train.sync.Workers;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training loop of one run, from a place in it to its end. */
final class Training {
  private static final Logger LOG = LoggerFactory.getLogger(Training.class);

  private final JavaSparkContext spark;
  private final TrainingJob job;
  private final RunFolder folder;
  private final Lease lease;
  private final Checkpoints checkpoints;
  private final MetricsLog metrics;
  private final ModelDescription model;
  private final RoundPlan plan;
  private final Set<String> cpus = new LinkedHashSet<>();
  // All that follows changes under this object's lock, with metrics and status, so that a hook
  // that writes finds them in step.
  private CheckpointState place;
  private TrainingState state;
  private int checkpointed;
  private boolean stopping;

  Training(
      JavaSparkContext spark,
      TrainingJob job,
      RunFolder folder,
      Lease lease,
      Checkpoints checkpoints,
      MetricsLog metrics,
      ModelDescription model,
      Checkpoints.Loaded start) {
    this.spark = spark;
    this.job = job;
    this.folder = folder;
    this.lease = lease;
    this.checkpoints = checkpoints;
    this.metrics = metrics;
    this.model = model;
    this.plan =
        new RoundPlan(job.shares(), job.recipe().sync().interval(), Schedules.of(job.recipe()));
    this.place = start.state();
    this.state = start.training();
    this.checkpointed = place.position().rounds();
  }

  /**
   * Trains to the end of the last epoch.
   *
   * @return the place at the end
   * @throws UserException with exit code 5 when the loss or a parameter is no finite number
   */
  CheckpointState run(Workers workers) throws IOException {
    Recipe recipe = job.recipe();
    int epochs = recipe.training().epochs();
    try (Progress progress = Progress.of(LOG, "rounds", plan.roundsPerEpoch() * epochs)) {
      evaluateIfDue(epochs); // A stop between an epoch's end and its validation left it out.
      while (place.position().epoch() < epochs) {
        Round round = plan.roundAt(place.position());
        long started = System.nanoTime();
        RoundResult result;
        try (Workers.Sent sent = workers.broadcast(state)) {
          Workers.Trained trained = sent.train(round); // tau minibatches on each worker
          Workers.Mean mean = trained.mean(); // weighted by examples
          result = mean.next(); // what the strategy makes of it
        }

        long millis = (System.nanoTime() - started) / 1_000_000;
        warnOfOtherCpus(result);
        advance(progress, round, result, millis);
        evaluateIfDue(epochs);
        if (place.position().rounds() % recipe.checkpoint().everyRounds() == 0
            || place.position().epoch() == epochs) {
          checkpoint();
        }
      }
    }

    return place;
  }

  private synchronized void advance(Progress progress, Round round, RoundResult result, long millis)
      throws IOException {
    requireGoing();
    guard(round, result);
    state = result.state();
    place = place.trained(plan.after(place.position()), result.lossSum(), result.examples());
    report(progress, round, result, millis);
    if (place.position().atEpochStart()) {
      progress.rest();
      endEpoch();
    }
  }

  /** Tells the epoch's loss, unless a part of it was trained by a Convoy that didn't count. */
  private void endEpoch() throws IOException {
    if (place.epochExamples() == job.examples()) {
      int epoch = place.position().epoch();
      double loss = place.epochLossSum() / place.epochExamples();
      metrics.epoch(place.position().rounds(), epoch, place.epochExamples(), loss);
      LOG.info(
          "epoch={} trainingLoss={} examples={}",
          epoch,
          String.format(Locale.ROOT, "%.4f", loss),
          place.epochExamples());
    }

    place = place.epochBegun();
  }

  /** What ends after the hook has written is not kept; nobody hears of it, the process ends. */
  private void requireGoing() {
    if (stopping) {
      throw new UserException(ExitCode.FAILURE, "stopped");
    }
  }

  private void guard(Round round, RoundResult result) throws IOException {
    if (result.finite() && Double.isFinite(result.loss())) {
      return;
    }

    String reason =
        String.format(
            Locale.ROOT,
            "the loss of round %d is %.3g or a parameter is no finite number; %s;"
                + " lower schedule.learningRate (%s) and go on with --resume",
            round.number() + 1,
            result.loss(),
            checkpointed == 0
                ? "no checkpoint yet"
                : "the last checkpoint is of round " + checkpointed,
            job.recipe().schedule().learningRate());
    metrics.write();
    lease.update(status -> status.with(RunStatus.DIVERGED, reason));
    throw new UserException(ExitCode.DIVERGED, reason);
  }

  /** Once for each type: the same floats come from the same type of processor only. */
  private void warnOfOtherCpus(RoundResult result) {
    for (WorkerReport worker : result.workers()) {
      if (worker.cpu() != null && cpus.add(worker.cpu()) && cpus.size() > 1) {
        LOG.warn(
            "workers run on unlike processors, another run may give other floats: {}",
            String.join(", ", cpus));
      }
    }
  }

  private void report(Progress progress, Round round, RoundResult result, long millis)
      throws IOException {
    Position now = place.position();
    double epoch = plan.epochs(now);
    double rate = round.learningRates().get(0);
    ObjectNode line = metrics.round(now.rounds(), epoch, rate, millis, result);
    lease.note(this::here);
    String text =
        String.format(
            Locale.ROOT,
            "round=%d epoch=%.2f loss=%.4f learningRate=%.4g imagesPerSecond=%.0f computeMs=%s"
                + " dataWaitMs=%s syncMs=%s",
            now.rounds(),
            epoch,
            result.loss(),
            rate,
            line.get("imagesPerSecond").asDouble(),
            line.get("computeMs"),
            line.get("dataWaitMs"),
            line.get("syncMs"));
    if (Progress.isTerminal()) {
      progress.update(
          now.rounds(),
          String.format(
              Locale.ROOT,
              "epoch %.2f loss %.4f %.0f images/s%s",
              epoch,
              result.loss(),
              line.get("imagesPerSecond").asDouble(),
              place.lastTop1() == null
                  ? ""
                  : String.format(Locale.ROOT, " top-1 %.4f", place.lastTop1())));
    } else {
      LOG.info("{}", text);
    }
  }

  private void evaluateIfDue(int epochs) throws IOException {
    int epoch = place.position().epoch();
    boolean due = epoch % job.recipe().evaluation().everyEpochs() == 0 || epoch == epochs;
    if (!place.position().atEpochStart() || !due || place.evaluatedEpoch() >= epoch) {
      return;
    }

    evaluate();
  }

  private void evaluate() throws IOException {
    String split = job.recipe().evaluation().split();
    if (!job.manifest().splits().containsKey(split)
        || job.manifest().splits().get(split).examples() == 0) {
      return;
    }

    EvaluationResult result;
    try (BroadcastState weights = BroadcastState.send(spark, state)) {
      result =
          Evaluator.evaluate(
              spark,
              job.hadoop(),
              Classifier.of(job.network(), weights, job.preprocessing()),
              job.dataset(),
              job.manifest(),
              split);
    }

    keep(split, result);
  }

  private synchronized void keep(String split, EvaluationResult result) throws IOException {
    requireGoing();
    boolean best = place.bestTop1() == null || result.top1() > place.bestTop1();
    place = place.evaluated(result.top1());
    metrics.evaluation(place.position().rounds(), place.position().epoch(), split, result);
    metrics.write();
    lease.update(this::here);
    LOG.info(
        "epoch={} split={} top1={} top5={} loss={} examples={}",
        place.position().epoch(),
        split,
        String.format(Locale.ROOT, "%.4f", result.top1()),
        String.format(Locale.ROOT, "%.4f", result.top5()),
        String.format(Locale.ROOT, "%.4f", result.loss()),
        result.examples());
    if (best) {
      lease.checkOwner();
      checkpoints.writeModel(folder.best(), state, model);
    }
  }

  /** Writes the last finished round, unless it is written already. */
  synchronized void checkpoint() throws IOException {
    if (place.position().rounds() == checkpointed) {
      return;
    }

    lease.update(this::here);
    metrics.write();
    checkpoints.write(place, state, model);
    checkpointed = place.position().rounds();
  }

  /**
   * Writes the last finished round and takes no further one: for a hook, while the loop goes on.
   *
   * @return where the run stopped, for the user
   */
  synchronized String stop() throws IOException {
    stopping = true;
    checkpoint();
    String reason = "stopped after round " + checkpointed + "; go on with --resume";
    lease.update(status -> here(status).with(RunStatus.FAILED, reason));
    return reason;
  }

  /** A status with the place reached. */
  RunStatus here(RunStatus status) {
    return status.at(plan.epochs(place.position()), place.position().rounds(), place.lastTop1());
  }

  /** Writes the weights of the last round as the run's model. */
  void writeModel() throws IOException {
    checkpoints.writeModel(folder.model(), state, model);
  }
}
