package convoy.jobs.train;

/**
 * state.json of a checkpoint: where the run goes on.
 *
 * @param bestTop1 of all validations so far, null before the first
 * @param lastTop1 of the last validation, null before the first
 * @param evaluatedEpoch epoch at whose end the last validation was, 0 before the first
 * @param epochLossSum losses of the current epoch's examples so far
 * @param epochExamples how many these are; fewer than trained where an older Convoy counted none
 */
record CheckpointState(
    int formatVersion,
    RunPosition position,
    Double bestTop1,
    Double lastTop1,
    int evaluatedEpoch,
    double epochLossSum,
    long epochExamples) {
  static final int FORMAT_VERSION = 1;

  static CheckpointState start() {
    return new CheckpointState(FORMAT_VERSION, RunPosition.START, null, null, 0, 0, 0);
  }

  /** After a round of {@code examples} whose losses add up to {@code lossSum}. */
  CheckpointState trained(RunPosition newPosition, double lossSum, long examples) {
    return new CheckpointState(
        FORMAT_VERSION,
        newPosition,
        bestTop1,
        lastTop1,
        evaluatedEpoch,
        epochLossSum + lossSum,
        epochExamples + examples);
  }

  /** At the start of an epoch, which no example was met of. */
  CheckpointState epochBegun() {
    return new CheckpointState(FORMAT_VERSION, position, bestTop1, lastTop1, evaluatedEpoch, 0, 0);
  }

  CheckpointState evaluated(double top1) {
    double best = bestTop1 == null ? top1 : Math.max(bestTop1, top1);
    return new CheckpointState(
        FORMAT_VERSION, position, best, top1, position.epoch(), epochLossSum, epochExamples);
  }
}
