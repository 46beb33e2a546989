package convoy.jobs.train.schedule;

/** rate * (1 - epoch / epochs)^power: down to 0 at the end of the run (Caffe's poly). */
record Poly(double learningRate, double power, int epochs) implements Schedule {
  @Override
  public double learningRate(double epoch) {
    return learningRate * Math.pow(1 - Math.min(epoch, epochs) / epochs, power);
  }
}
