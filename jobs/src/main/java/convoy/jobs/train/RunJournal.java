package convoy.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a run stands, in memory and in its folder. State, place, metrics and status change together
 * under this object's lock, so that a hook of another thread that writes finds them in step.
 */
final class RunJournal {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

  private final RunLease lease;
  private final MetricsLog metrics;
  private final ModelWriter models;
  private final RoundPlan plan;
  private final Guard guard;
  private CheckpointState place;
  private TrainingState state;
  private int checkpointed;
  private boolean stopping;

  RunJournal(
      RunLease lease,
      MetricsLog metrics,
      ModelWriter models,
      RoundPlan plan,
      Guard guard,
      Checkpoints.Loaded start) {
    this.lease = lease;
    this.metrics = metrics;
    this.models = models;
    this.plan = plan;
    this.guard = guard;
    this.place = start.state();
    this.state = start.training();
    this.checkpointed = place.position().rounds();
  }

  RoundPlan plan() {
    return plan;
  }

  synchronized CheckpointState place() {
    return place;
  }

  synchronized RunPosition position() {
    return place.position();
  }

  synchronized TrainingState state() {
    return state;
  }

  /**
   * Takes a round's result as the state reached, and shows it.
   *
   * @throws UserException with exit code 5 when the guard finds a problem
   */
  synchronized void advance(RoundReport report, Round round, RoundResult result, long millis)
      throws IOException {
    requireGoing();
    String problem = guard.problem(round, result, checkpointed);
    if (problem != null) {
      metrics.write();
      lease.update(status -> status.with(RunStatus.DIVERGED, problem));
      throw new UserException(ExitCode.DIVERGED, problem);
    }

    state = result.state();
    place = place.trained(plan.after(place.position()), result.lossSum(), result.examples());
    RunPosition now = place.position();
    double rate = round.learningRates().get(0);
    ObjectNode line = metrics.round(now.rounds(), plan.epochs(now), rate, millis, result);
    lease.note(this::here);
    report.show(line, place.lastTop1());
    if (now.atEpochStart()) {
      report.rest();
      endEpoch();
    }
  }

  /** Ends an epoch: tells its loss, unless an older Convoy trained a part and didn't count it. */
  private void endEpoch() throws IOException {
    if (place.epochExamples() == plan.shares().examples()) {
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

  /** Takes the result of a validation; the best model so far is written. */
  synchronized void validated(String split, EvaluationResult result) throws IOException {
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
      models.best(state);
    }
  }

  /** Writes the last finished round, unless it is written already. */
  synchronized void checkpoint() throws IOException {
    if (place.position().rounds() == checkpointed) {
      return;
    }

    lease.update(this::here);
    metrics.write();
    models.checkpoint(place, state);
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

  /** Leaves the model of the last round and says that the run is done. */
  CheckpointState finish() throws IOException {
    lease.checkOwner();
    models.last(state());
    lease.update(status -> here(status).with(RunStatus.DONE, null));
    return place();
  }

  /** What ends after the hook has written isn't kept; nobody hears of it, the process ends. */
  private void requireGoing() {
    if (stopping) {
      throw new UserException(ExitCode.FAILURE, "stopped");
    }
  }

  /** A status with the place reached. */
  private RunStatus here(RunStatus status) {
    return status.at(plan.epochs(place.position()), place.position().rounds(), place.lastTop1());
  }
}
