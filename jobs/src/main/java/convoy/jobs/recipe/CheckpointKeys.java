package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;

/** The section {@code checkpoint}. */
public final class CheckpointKeys {
  public static final Key<Integer> EVERY_ROUNDS =
      Key.of(
              "everyRounds",
              Kinds.whole(1, Sections.MANY),
              50,
              "Rounds between two checkpoints; the end of the run has one too.")
          .changeable();
  public static final Key<Double> EVERY_MINUTES =
      Key.of(
              "everyMinutes",
              Kinds.positive(Sections.MANY),
              10.0,
              "Minutes after which a round's end gets a checkpoint, whatever everyRounds says.")
          .changeable();
  public static final Key<Integer> KEEP =
      Key.of("keep", Kinds.whole(1, Sections.MANY), 3, "Checkpoints that stay on disk.")
          .changeable();
  static final Keys KEYS = Keys.of(EVERY_ROUNDS, EVERY_MINUTES, KEEP);

  private CheckpointKeys() {}
}
