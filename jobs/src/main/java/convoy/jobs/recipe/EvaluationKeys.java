package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import java.util.List;

/** The section {@code evaluation}. */
public final class EvaluationKeys {
  public static final Key<Integer> EVERY_EPOCHS =
      Key.of(
              "everyEpochs",
              Kinds.whole(1, Sections.MANY),
              1,
              "Epochs between two validations; the last epoch has one too.")
          .changeable();
  public static final Key<String> SPLIT =
      Key.of("split", Kinds.word(List.of("val", "train")), "val", "The split to validate on.")
          .changeable();
  static final Keys KEYS = Keys.of(EVERY_EPOCHS, SPLIT);

  private EvaluationKeys() {}
}
