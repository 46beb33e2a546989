package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;

/** The section {@code guard}. */
final class GuardKeys {
  static final Key<Integer> FLAT_EPOCHS =
      Key.defaultOnly(
          "flatEpochs",
          Kinds.whole(1, Sections.MANY),
          5,
          "Epochs without progress that count as divergence.");
  static final Key<Double> LOSS_FACTOR =
      Key.defaultOnly(
          "lossFactor",
          Kinds.positive(Sections.MANY),
          3.0,
          "How far above its median the loss may rise.");
  static final Key<Integer> MAX_ROLLBACKS =
      Key.defaultOnly(
          "maxRollbacks",
          Kinds.whole(0, Sections.MANY),
          3,
          "How often a run may go back to a checkpoint.");
  static final Keys KEYS = Keys.of(FLAT_EPOCHS, LOSS_FACTOR, MAX_ROLLBACKS);

  private GuardKeys() {}
}
