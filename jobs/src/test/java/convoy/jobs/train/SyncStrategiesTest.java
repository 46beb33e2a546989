package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.SyncInterval.Fixed;
import convoy.jobs.recipe.SyncKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncStrategiesTest {
  private static final Fixed ONE = new Fixed(1);

  @Test
  void rulesNeedNoOtherModule() {
    ClassLoader nothing = new ClassLoader(null) {};
    assertThat(SyncStrategies.keys(nothing)).containsOnlyKeys("averaging", "synchronous", "slowmo");
    assertThat(SyncStrategies.names()).startsWith("averaging").doesNotHaveDuplicates();
  }

  @Test
  void aStrategyThatReducesGradientsUpdatesAfterEachMinibatch() {
    assertThat(recipe("synchronous").sync().get(SyncKeys.INTERVAL)).isEqualTo(ONE);
    assertThat(problems("synchronous")).isEmpty();
    assertThat(problems("synchronous", "sync.interval=1", "sync.momentum=average")).isEmpty();
    assertThat(problems("synchronous", "sync.interval=10"))
        .containsExactly(
            "sync.interval 10: sync.strategy synchronous updates after each minibatch; give 1, or"
                + " leave it out");
    assertThat(problems("synchronous", "sync.interval=[1 to epoch 2, 4]"))
        .containsExactly(
            "sync.interval [\"1 to epoch 2\",4]: sync.strategy synchronous updates after each"
                + " minibatch; give 1, or leave it out");
    assertThat(problems("synchronous", "sync.momentum=reset", "optimizer.name=adam"))
        .containsExactly(
            "sync.momentum reset: sync.strategy synchronous has one optimizer state for all"
                + " workers; leave it out");
  }

  @Test
  void strategiesThatAverageHaveAnIntervalOfTen() {
    assertThat(recipe("averaging").sync().get(SyncKeys.INTERVAL)).isEqualTo(new Fixed(10));
    assertThat(recipe("slowmo").sync().get(SyncKeys.INTERVAL)).isEqualTo(new Fixed(10));
    assertThat(problems("averaging", "sync.momentum=reset", "optimizer.name=adam"))
        .containsExactly(
            "sync.momentum reset: adam corrects its moments by the iterations since the run's"
                + " start, as if they had never been reset; give average, or another optimizer");
  }

  private static List<String> problems(String strategy, String... overrides) {
    return SyncStrategies.strategy(strategy).problems(recipe(strategy, overrides));
  }

  private static Recipe recipe(String strategy, String... overrides) {
    return Recipes.read(
        "model: {name: lenet5-modern}\nsync: {strategy: %s}".formatted(strategy),
        List.of(overrides));
  }

  @Test
  void anUnknownStrategyIsOneLineWithTheKnownOnes() {
    assertThatThrownBy(() -> SyncStrategies.strategy("avering"))
        .hasMessageContaining("unknown sync.strategy 'avering'; known: averaging")
        .message()
        .hasLineCount(1);
  }
}
