package convoy.jobs.train.schedule;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/** The rate is rate * (1 - epoch / epochs)^power, which ends at 0 (Caffe's poly). */
record Poly(double learningRate, double power, int epochs) implements Schedule {
  static final Key<Double> POWER =
      Key.of(
              "power",
              Kinds.positive(100),
              0.5,
              "How the rate falls to 0: 1 is a straight line, less falls late, more falls early.")
          .changeable();
  static final Keys KEYS = Keys.of(POWER);

  static Poly of(Settings settings, int epochs) {
    return new Poly(settings.get(Schedules.LEARNING_RATE), settings.get(POWER), epochs);
  }

  @Override
  public double learningRate(double epoch) {
    return learningRate * Math.pow(1 - Math.min(epoch, epochs) / epochs, power);
  }
}
