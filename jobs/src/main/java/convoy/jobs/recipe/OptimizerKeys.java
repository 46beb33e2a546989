package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.optimizer.Optimizers;

/** The section {@code optimizer}. Each rule declares its own keys. */
public final class OptimizerKeys {
  public static final Key<String> NAME =
      Key.of("name", Kinds.word(Optimizers.names()), "sgd", "The update rule.");
  static final Keys KEYS = Keys.of(NAME).choosing(NAME, Optimizers.keys());

  private OptimizerKeys() {}

  /** The chosen rule with its values. */
  public static OptimizerSpec spec(Settings optimizer) {
    return new OptimizerSpec(optimizer.get(NAME), optimizer);
  }
}
