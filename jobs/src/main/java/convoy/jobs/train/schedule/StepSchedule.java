package convoy.jobs.train.schedule;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/** The rate is multiplied by {@code factor} after every {@code everyEpochs} epochs. */
record StepSchedule(double learningRate, double factor, double everyEpochs) implements Schedule {
  static final Key<Double> FACTOR =
      Key.of("factor", Kinds.positive(1), 0.1, "Multiplies the rate at each step.").changeable();
  static final Key<Double> EVERY_EPOCHS =
      Key.of("everyEpochs", Kinds.positive(1_000_000), 30.0, "Epochs between two steps.")
          .changeable();
  static final Keys KEYS = Keys.of(FACTOR, EVERY_EPOCHS);

  static StepSchedule of(Settings settings, int epochs) {
    return new StepSchedule(
        settings.get(Schedules.LEARNING_RATE), settings.get(FACTOR), settings.get(EVERY_EPOCHS));
  }

  @Override
  public double learningRate(double epoch) {
    return learningRate * Math.pow(factor, Math.floor(epoch / everyEpochs));
  }
}
