package convoy.jobs.train;

import convoy.jobs.recipe.StrategyKeys;
import convoy.options.Keys;
import java.util.Map;

/** Gives recipes the keys of the strategies. ServiceLoader finds this class. */
public final class SyncStrategyKeys implements StrategyKeys {
  @Override
  public Map<String, Keys> byName() {
    return SyncStrategies.keys(SyncStrategies.modules());
  }

  @Override
  public int interval(String strategy) {
    return SyncStrategies.strategy(strategy).interval();
  }
}
