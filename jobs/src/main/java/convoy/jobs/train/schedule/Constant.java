package convoy.jobs.train.schedule;

import convoy.options.Keys;
import convoy.options.Settings;

/** The rate stays the same for the whole run. */
record Constant(double learningRate) implements Schedule {
  static final Keys KEYS = Keys.of();

  static Constant of(Settings settings, int epochs) {
    return new Constant(settings.get(Schedules.LEARNING_RATE));
  }

  @Override
  public double learningRate(double epoch) {
    return learningRate;
  }
}
