package convoy.jobs.train;

import convoy.jobs.recipe.StrategyKeys;
import convoy.options.Keys;
import java.util.Map;

/** Tells recipes which strategies there are; ServiceLoader finds it. */
public final class SyncStrategyKeys implements StrategyKeys {
  @Override
  public Map<String, Keys> byName() {
    return SyncStrategies.keys(SyncStrategies.modules());
  }
}
