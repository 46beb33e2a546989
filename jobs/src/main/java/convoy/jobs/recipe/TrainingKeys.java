package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;

/** The section {@code training}. */
public final class TrainingKeys {
  public static final Key<Integer> EPOCHS =
      Key.of(
              "epochs",
              Kinds.whole(1, Sections.MANY),
              90,
              "Passes over the training split until the run is done.")
          .changeable();
  public static final Key<Integer> WORKERS =
      Key.of("workers", Kinds.whole(1, 10_000), 2, "Networks that train side by side.");

  /** Null for auto. */
  public static final Key<Integer> CORES_PER_WORKER =
      Key.of(
              "coresPerWorker",
              Kinds.wordOr("auto", Kinds.whole(1, 1024)),
              null,
              "Native threads of a worker; `auto` is its share of the executors' cores.")
          .changeable()
          .resolvedAtStart();

  public static final Key<Integer> BATCH_SIZE_PER_WORKER =
      Key.of("batchSizePerWorker", Kinds.whole(1, 65_536), 64, "Examples of a minibatch.");

  /** Null for auto. */
  public static final Key<Integer> MICRO_BATCH =
      Key.of(
              "microBatch",
              Kinds.wordOr("auto", Kinds.whole(1, 65_536)),
              null,
              "Pictures that go through the network at once; a minibatch goes in such parts.")
          .resolvedAtStart();

  public static final Key<Long> SEED =
      Key.of("seed", Kinds.seed(), 42L, "Decides weights, order, augmentation and dropout.");
  static final Keys KEYS =
      Keys.of(EPOCHS, WORKERS, CORES_PER_WORKER, BATCH_SIZE_PER_WORKER, MICRO_BATCH, SEED);

  private TrainingKeys() {}
}
