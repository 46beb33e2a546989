package convoy.jobs.train.sync.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.SyncStrategies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What DL4J's strategy takes on, and what it refuses by name before any work. */
class Dl4jAveragingTest {
  @ParameterizedTest
  @ValueSource(strings = {"lenet5-modern", "alexnet", "alexnet-one-tower"})
  void networksOfLayersThatDl4jHasAreTakenOn(String model) {
    assertThat(problems(model)).isEmpty();
  }

  @Test
  void layersThatDl4jLacksAreNamedWithTheRemedy() {
    assertThat(problems("lenet5"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("model.name lenet5", "layer c3", "connection table", "averaging"));
  }

  private static List<String> problems(String model) {
    Recipe recipe =
        Recipes.read("model: {name: " + model + "}\nsync: {strategy: dl4j}\n", List.of());
    return SyncStrategies.strategy(recipe.sync().get(SyncKeys.STRATEGY)).problems(recipe);
  }
}
