package convoy.jobs.train;

/**
 * The position of a run between two rounds.
 *
 * @param rounds number of finished rounds
 * @param epoch epoch of the next round, from 0
 * @param firstMinibatch first minibatch of the next round in each worker's share of that epoch
 */
record RunPosition(int rounds, int epoch, long firstMinibatch) {
  static final RunPosition START = new RunPosition(0, 0, 0);

  RunPosition {
    if (rounds < 0 || epoch < 0 || firstMinibatch < 0) {
      throw new IllegalArgumentException(
          "no position " + rounds + ", " + epoch + ", " + firstMinibatch);
    }
  }

  /** Whether an epoch has just ended. */
  boolean atEpochStart() {
    return firstMinibatch == 0;
  }
}
