package convoy.jobs.train.schedule;

/** The same rate from beginning to end. */
record Constant(double learningRate) implements Schedule {
  @Override
  public double learningRate(double epoch) {
    return learningRate;
  }
}
