package convoy.jobs.train.schedule;

/** The rate times {@code factor} after each {@code everyEpochs} epochs. */
record Step(double learningRate, double factor, double everyEpochs) implements Schedule {
  @Override
  public double learningRate(double epoch) {
    return learningRate * Math.pow(factor, Math.floor(epoch / everyEpochs));
  }
}
