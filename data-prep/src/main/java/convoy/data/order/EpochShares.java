package convoy.data.order;

/**
 * Divides one epoch into a share of examples for each worker, and each share into minibatches.
 * Every worker counts its own minibatches from 0.
 *
 * @param examples of the split
 * @param workers at least 1
 * @param batchSize examples of a minibatch; the last one of a share may be smaller
 */
public record EpochShares(long examples, int workers, int batchSize) {
  public EpochShares {
    if (examples < 0 || workers < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "cannot divide %d examples among %d workers in minibatches of %d"
              .formatted(examples, workers, batchSize));
    }
  }

  /** Positions {@code from} (inclusive) to {@code to} (exclusive) of a worker's share. */
  public record Range(long from, long to) {
    public long examples() {
      return to - from;
    }

    public boolean isEmpty() {
      return from == to;
    }
  }

  /** Returns the number of examples that a worker reads in an epoch. */
  public long share(int worker) {
    if (worker < 0 || worker >= workers) {
      throw new IllegalArgumentException("worker " + worker + " of " + workers + " doesn't exist");
    }

    return new EvenParts(examples, workers).size(worker);
  }

  /** Returns the minibatches of an epoch for the worker with the largest share. */
  public long minibatches() {
    return EvenParts.ceilDiv(new EvenParts(examples, workers).largest(), batchSize);
  }

  /**
   * Returns what a worker reads for some minibatches. The range is empty after the end of its
   * share.
   *
   * @param first the first minibatch
   * @param count minibatches from there
   */
  public Range range(int worker, long first, int count) {
    long share = share(worker);
    return new Range(
        Math.min(share, first * batchSize), Math.min(share, (first + count) * batchSize));
  }

  /** Returns the number of minibatches in a range of one share. */
  public long minibatches(Range range) {
    return EvenParts.ceilDiv(range.examples(), batchSize);
  }

  /**
   * Returns the epochs that are done before a minibatch: whole ones and the fraction of the current
   * one.
   */
  public double epochsDone(int epoch, long minibatch) {
    return epoch + (double) minibatch / minibatches();
  }
}
