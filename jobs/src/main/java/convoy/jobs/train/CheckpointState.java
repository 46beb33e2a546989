package convoy.jobs.train;

/**
 * state.json of a checkpoint: where the run goes on.
 *
 * @param bestTop1 of all validations so far, null before the first
 * @param lastTop1 of the last validation, null before the first
 * @param evaluatedEpoch epoch at whose end the last validation was, 0 before the first
 */
record CheckpointState(
    int formatVersion, Position position, Double bestTop1, Double lastTop1, int evaluatedEpoch) {
  static final int FORMAT_VERSION = 1;

  static CheckpointState start() {
    return new CheckpointState(FORMAT_VERSION, Position.START, null, null, 0);
  }

  CheckpointState at(Position newPosition) {
    return new CheckpointState(FORMAT_VERSION, newPosition, bestTop1, lastTop1, evaluatedEpoch);
  }

  CheckpointState evaluated(double top1) {
    double best = bestTop1 == null ? top1 : Math.max(bestTop1, top1);
    return new CheckpointState(FORMAT_VERSION, position, best, top1, position.epoch());
  }
}
