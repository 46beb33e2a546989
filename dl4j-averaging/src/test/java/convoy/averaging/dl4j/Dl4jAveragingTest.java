package convoy.averaging.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.SyncKeys;
import convoy.jobs.train.SyncStrategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests which networks DL4J's strategy accepts, and which ones it refuses by name before any work.
 */
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

  @Test
  void keysOfTheExchangeThatItDoesNotUseAreRefused() {
    assertThat(problems("lenet5-modern", "sync.wire=bf16", "sync.momentum=reset"))
        .containsExactly(
            "sync.momentum reset: sync.strategy dl4j always averages the momentum; sync.strategy"
                + " averaging can",
            "sync.wire bf16: sync.strategy dl4j sends float32 only; sync.strategy averaging can");
  }

  @Test
  void trainEndsWithTheProblemsBeforeAnyWork(@TempDir Path folder) throws IOException {
    ConsoleCapture googlenet = train(folder, "googlenet", "dropout: 0", 80);
    assertThat(googlenet.exitCode()).isEqualTo(2);
    assertThat(googlenet.err()).contains("auxiliary classifiers");
    ConsoleCapture frozen = train(folder, "lenet5-modern", "freeze: features", 32);
    assertThat(frozen.exitCode()).isEqualTo(2);
    assertThat(frozen.err())
        .contains(
            "model.freeze features: sync.strategy dl4j trains all layers; sync.strategy averaging"
                + " can");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static ConsoleCapture train(Path folder, String model, String option, int size)
      throws IOException {
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(
        recipe,
        """
        model: {name: %s, %s, inputSize: %d}
        data: {train: [{randomCrop: %d}], evaluation: [{centerCrop: %d}]}
        sync: {strategy: dl4j}
        """
            .formatted(model, option, size, size, size));
    System.setProperty("spark.master", "local[1]");
    try {
      return ConsoleCapture.of(
          "train",
          "--recipe=" + recipe,
          "--data=" + folder.resolve("dataset"),
          "--out=" + folder.resolve("run"));
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private static List<String> problems(String model, String... overrides) {
    Recipe recipe =
        Recipes.read("model: {name: " + model + "}\nsync: {strategy: dl4j}\n", List.of(overrides));
    return SyncStrategies.strategy(recipe.sync().get(SyncKeys.STRATEGY)).problems(recipe);
  }
}
