package convoy.jobs.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateLostException;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of a run, in memory and in its folder. State, position, metrics and status change
 * together under the lock of this object, so that a shutdown hook in another thread writes
 * consistent files.
 */
final class RunJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunJournal.class);

  /** A run that loses its executors again and again ends, so that somebody finds out why. */
  private static final int MOST_LOSSES = 10;

  private final RunLease lease;
  private final MetricsLog metrics;
  private final ModelWriter models;
  private final BackgroundCheckpoints checkpoints;
  private final RoundSequence rounds;
  private final Guard guard;
  private final Beginning beginning;
  private CheckpointState place;
  private HeldState state;
  private int checkpointed;
  private int losses;
  private boolean stopping;

  RunJournal(
      RunLease lease,
      MetricsLog metrics,
      ModelWriter models,
      RoundSequence rounds,
      Guard guard,
      Beginning beginning)
      throws IOException {
    this.lease = lease;
    this.metrics = metrics;
    this.models = models;
    this.checkpoints = new BackgroundCheckpoints(models);
    this.rounds = rounds;
    this.guard = guard;
    this.beginning = beginning;
    begin();
  }

  /** Where rounds begin: at the newest checkpoint, a given model, or random weights. */
  interface Beginning {
    Begun begin() throws IOException;
  }

  /** The state that rounds begin with, and its place in the run. */
  record Begun(CheckpointState place, HeldState state) {}

  private void begin() throws IOException {
    Begun begun = beginning.begin();
    lease.checkOwner(); // Loading took a while.
    place = begun.place();
    state = begun.state();
    checkpointed = place.position().rounds();
    metrics.resumeAt(place);
  }

  /**
   * Goes back to the last checkpoint, as a part of the state is lost with its executors.
   *
   * @throws UserException if that has happened too often since that checkpoint
   */
  synchronized void goBack(StateLostException lost) throws IOException {
    requireGoing();
    endCheckpoint();
    losses++;
    if (losses > MOST_LOSSES) {
      throw new UserException(
          ExitCode.FAILURE,
          "%s, for the %dth time since round %d; see in the executors' logs why they end, and continue with --resume"
              .formatted(lost.getMessage(), losses, checkpointed));
    }

    int reached = place.position().rounds();
    checkpoints.release(state);
    begin();
    lease.update(this::here);
    LOG.warn(
        "{}: the run goes back from round {} to {} and trains the same rounds again",
        lost.getMessage(),
        reached,
        checkpointed);
  }

  RoundSequence rounds() {
    return rounds;
  }

  synchronized CheckpointState place() {
    return place;
  }

  synchronized RunPosition position() {
    return place.position();
  }

  synchronized HeldState state() {
    return state;
  }

  /**
   * Makes a round's result the current state, and shows it.
   *
   * @throws UserException with exit code 5 if the guard finds a problem
   */
  synchronized void advance(RoundReport report, Round round, RoundResult result, long millis)
      throws IOException {
    requireGoing();
    noteFinished(checkpoints.finished());
    String problem = guard.problem(round, result, checkpointed);
    if (problem != null) {
      metrics.write();
      lease.update(status -> status.with(RunStatus.DIVERGED, problem));
      throw new UserException(ExitCode.DIVERGED, problem);
    }

    checkpoints.release(state);
    state = result.state();
    place = place.trained(rounds.after(place.position()), result.lossSum(), result.examples());
    RunPosition now = place.position();
    double rate = round.learningRates().get(0);
    ObjectNode line = metrics.round(now.rounds(), rounds.epochs(now), rate, millis, result);
    lease.note(this::here);
    report.show(line, place.lastTop1());
    if (now.atEpochStart()) {
      endEpoch();
    }
  }

  /** Logs the loss of an epoch, unless an older Convoy trained a part of it without counting. */
  private void endEpoch() throws IOException {
    if (place.epochExamples() == rounds.shares().examples()) {
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

  /** Takes the result of a validation, and writes the model if it is the best so far. */
  synchronized void validated(String split, EvaluationResult result) throws IOException {
    requireGoing();
    boolean best = place.bestTop1() == null || result.top1() > place.bestTop1();
    place = place.evaluated(result.top1());
    metrics.evaluation(place.position().rounds(), place.position().epoch(), split, result);
    metrics.write();
    lease.update(this::here);
    LOG.info(
        "epoch={} split={} top1={}{} loss={} examples={}",
        place.position().epoch(),
        split,
        String.format(Locale.ROOT, "%.4f", result.top1()),
        result.showsTop5() ? String.format(Locale.ROOT, " top5=%.4f", result.top5()) : "",
        String.format(Locale.ROOT, "%.4f", result.loss()),
        result.examples());
    if (best) {
      lease.checkOwner();
      models.best(state);
    }
  }

  /**
   * Begins to write a checkpoint of the last finished round, unless there is one. The next rounds
   * may be trained meanwhile. It waits for a checkpoint that was begun before.
   */
  synchronized void checkpoint() throws IOException {
    awaitCheckpoint();
    if (place.position().rounds() == checkpointed) {
      return;
    }

    lease.update(this::here);
    metrics.write();
    checkpoints.begin(place, state);
  }

  private void noteFinished(OptionalInt rounds) {
    if (rounds.isPresent()) {
      checkpointed = rounds.getAsInt();
      losses = 0;
    }
  }

  /** Waits for the end of the checkpoint that was begun, if there is one. */
  synchronized void awaitCheckpoint() throws IOException {
    noteFinished(checkpoints.await());
  }

  /** As {@link #awaitCheckpoint}. A checkpoint whose state is lost is given up. */
  private void endCheckpoint() throws IOException {
    try {
      awaitCheckpoint();
    } catch (StateLostException lost) {
      LOG.info("a checkpoint was not finished: {}", lost.getMessage());
    }
  }

  /**
   * Writes a checkpoint of the last finished round and accepts no further round. A shutdown hook
   * calls it while the training loop is still running.
   *
   * @return text for the user that says where the run stopped
   */
  synchronized String stop() throws IOException {
    stopping = true;
    if (!lease.status().state().equals(RunStatus.RUNNING)) { // The run has already ended.
      return "stopped";
    }

    endCheckpoint();
    checkpoint();
    awaitCheckpoint();
    String reason = "stopped after round " + checkpointed;
    lease.update(
        status -> here(status).with(RunStatus.STOPPED, reason + "; continue with --resume"));
    return reason;
  }

  /** Writes the model of the last round, and the status that the run is done. */
  CheckpointState finish() throws IOException {
    lease.checkOwner();
    writeLast();
    lease.update(status -> here(status).with(RunStatus.DONE, null));
    return place();
  }

  private void writeLast() throws IOException {
    try {
      models.last(state());
    } catch (StateLostException lost) {
      int reached = position().rounds();
      goBack(lost);
      if (position().rounds() != reached) { // The last checkpoint has been damaged meanwhile.
        throw new UserException(
            ExitCode.FAILURE, lost.getMessage() + ": continue with --resume", lost);
      }

      models.last(state());
    }
  }

  /** Finishes the checkpoint that was begun, which counts even if the training has failed. */
  @Override
  public synchronized void close() {
    if (lease.isLost()) {
      return;
    }

    try {
      awaitCheckpoint();
    } catch (IOException | RuntimeException problem) {
      LOG.warn("the last checkpoint was not finished: {}", Failure.of(problem).message());
    }
  }

  /** Stops a round that ends after the hook has written; the process is ending anyway. */
  private void requireGoing() {
    if (lease.isLost()) {
      throw lease.takenOver();
    }

    if (stopping) {
      throw new UserException(ExitCode.FAILURE, "stopped");
    }
  }

  /** Adds the current position to a status. */
  private RunStatus here(RunStatus status) {
    return status.at(rounds.epochs(place.position()), place.position().rounds(), place.lastTop1());
  }
}
