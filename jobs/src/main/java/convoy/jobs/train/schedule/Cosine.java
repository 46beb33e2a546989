package convoy.jobs.train.schedule;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;

/**
 * Half a cosine from the rate down to {@code floor} times the rate at the end of the run
 * (Loshchilov and Hutter 2017, equation 5, without restarts). Before it, the rate rises linearly
 * from 0 over {@code warmupEpochs} (Goyal et al. 2017, section 2.2).
 */
record Cosine(double learningRate, double floor, double warmupEpochs, int epochs)
    implements Schedule {
  static final Key<Double> WARMUP_EPOCHS =
      Key.of(
              "warmupEpochs",
              Kinds.real(0, 1_000_000),
              0.0,
              "Epochs in which the rate rises in a straight line from 0 to the learning rate.")
          .changeable();
  static final Key<Double> FLOOR =
      Key.of(
              "floor",
              Kinds.real(0, 1),
              0.0,
              "The part of the learning rate that is left at the end of the run.")
          .changeable();
  static final Keys KEYS = Keys.of(WARMUP_EPOCHS, FLOOR);

  Cosine {
    if (warmupEpochs > epochs) {
      throw new IllegalArgumentException(
          "schedule.warmupEpochs: %s of a run of %d epochs; give training.epochs at most"
              .formatted(warmupEpochs, epochs));
    }
  }

  static Cosine of(Settings settings, int epochs) {
    return new Cosine(
        settings.get(Schedules.LEARNING_RATE),
        settings.get(FLOOR),
        settings.get(WARMUP_EPOCHS),
        epochs);
  }

  @Override
  public double highestFrom(double epoch) {
    return learningRate(Math.max(epoch, warmupEpochs));
  }

  @Override
  public double learningRate(double epoch) {
    if (epoch < warmupEpochs) {
      return learningRate * epoch / warmupEpochs;
    }

    double falling = epochs - warmupEpochs;
    double done = falling <= 0 ? 1 : Math.min(1, (epoch - warmupEpochs) / falling);
    double least = floor * learningRate;
    return least + (learningRate - least) * (1 + StrictMath.cos(StrictMath.PI * done)) / 2;
  }
}
