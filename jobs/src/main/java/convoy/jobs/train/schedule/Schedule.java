package convoy.jobs.train.schedule;

/** The learning rate as a pure function of how far the run is. */
@FunctionalInterface
public interface Schedule {
  /**
   * The rate of the next minibatch.
   *
   * @param epoch epochs done, with the fraction of the current one
   */
  double learningRate(double epoch);
}
