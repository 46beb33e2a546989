package convoy.jobs.train;

/**
 * The content of state.json in a checkpoint: where the run continues.
 *
 * @param bestTop1 best top-1 of all validations so far, null before the first
 * @param lastTop1 top-1 of the last validation, null before the first
 * @param evaluatedEpoch epoch at whose end the last validation was, 0 before the first
 * @param epochLossSum sum of the losses of the current epoch's examples so far
 * @param epochExamples number of these examples; too small if an older Convoy trained a part of the
 *     epoch, as it didn't count them
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

  /** The state after a round of {@code examples} whose losses add up to {@code lossSum}. */
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

  /** The state at the start of an epoch, with no examples counted yet. */
  CheckpointState epochBegun() {
    return new CheckpointState(FORMAT_VERSION, position, bestTop1, lastTop1, evaluatedEpoch, 0, 0);
  }

  CheckpointState evaluated(double top1) {
    double best = bestTop1 == null ? top1 : Math.max(bestTop1, top1);
    return new CheckpointState(
        FORMAT_VERSION, position, best, top1, position.epoch(), epochLossSum, epochExamples);
  }
}
