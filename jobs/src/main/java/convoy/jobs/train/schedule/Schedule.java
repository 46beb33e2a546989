package convoy.jobs.train.schedule;

/** The learning rate as a pure function of the progress of the run. */
@FunctionalInterface
public interface Schedule {
  /**
   * The rate of the next minibatch.
   *
   * @param epoch number of finished epochs, plus the fraction of the current one
   */
  double learningRate(double epoch);

  /** The highest rate from here to the end of the run. Most rates only fall. */
  default double highestFrom(double epoch) {
    return learningRate(epoch);
  }
}
