package convoy.jobs.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.train.SyncStrategies;
import convoy.jobs.train.schedule.Schedules;
import convoy.options.Key;
import convoy.zoo.graph.Architecture;
import convoy.zoo.optimizer.CommonKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
  private static final String LENET = "model: {name: lenet5-modern}\n";

  @Test
  void aModelsNameIsEnoughAndEveryDefaultIsFilledIn() {
    Recipe recipe = Recipes.read("model: {name: alexnet-one-tower}", List.of());

    assertThat(Recipes.write(recipe))
        .isEqualTo(
            """
            model:
              name: alexnet-one-tower
              inputSize: 224
              inputChannels: auto
              dropout: paper
              initializer: paper
              form: paper
              batchNorm: false
              freeze: none
            data:
              train:
              - randomCrop: 224
              - flip: horizontal
              evaluation:
              - centerCrop: 224
              normalize: dataset
            optimizer:
              name: sgd
              momentum: 0.9
              weightDecay: 5.0E-4
              biasLearningRateFactor: 2.0
              biasWeightDecayFactor: 0.0
            schedule:
              name: step
              learningRate: 0.01
              factor: 0.1
              everyEpochs: 30.0
            training:
              epochs: 90
              workers: 2
              coresPerWorker: auto
              batchSizePerWorker: 64
              microBatch: auto
              seed: 42
            sync:
              strategy: averaging
              interval: 10
              momentum: average
              wire: fp32
            checkpoint:
              everyRounds: 50
              everyMinutes: 10.0
              keep: 3
            evaluation:
              everyEpochs: 1
              split: val
            guard:
              flatEpochs: 5
              lossFactor: 3.0
              maxRollbacks: 3
            engine:
              name: auto
              precision: float32
            """);
  }

  @Test
  void theInputSizeIsTheArchitecturesAndTheCropsFollowIt() {
    Recipe recipe = Recipes.read(LENET, List.of());

    assertThat(recipe.model().get(ModelKeys.INPUT_SIZE)).isEqualTo(28);
    assertThat(recipe.data().get(DataKeys.EVALUATION)).isEqualTo(List.of(Map.of("centerCrop", 28)));
  }

  @Test
  void theSmallFormBringsItsOwnInputSize() {
    Recipe recipe = Recipes.read("model: {name: vgg16, form: small, batchNorm: true}", List.of());

    assertThat(recipe.model().get(ModelKeys.INPUT_SIZE)).isEqualTo(32);
    assertThat(recipe.data().get(DataKeys.EVALUATION)).isEqualTo(List.of(Map.of("centerCrop", 32)));
    assertThat(ModelKeys.options(recipe.model(), 10, 3))
        .isEqualTo(new Architecture.Options(10, 32, 3, -1, "paper", "small", true));
  }

  @Test
  void overridesGoOverTheFileAndAreTypedAsYaml() {
    Recipe recipe =
        Recipes.read(
            LENET + "training: {epochs: 5, workers: 4}",
            List.of(
                "training.epochs=3",
                "schedule.learningRate=5e-3",
                "model.inputSize=32",
                "training.coresPerWorker=2",
                "data.train=[{randomCrop: {size: 32, padding: 4}}]"));

    assertThat(recipe.training().values())
        .containsEntry("epochs", 3)
        .containsEntry("workers", 4)
        .containsEntry("coresPerWorker", 2)
        .containsEntry("microBatch", null);
    assertThat(recipe.schedule().get(Schedules.LEARNING_RATE)).isEqualTo(0.005);
    assertThat(recipe.data().get(DataKeys.TRAIN))
        .isEqualTo(List.of(Map.of("randomCrop", Map.of("size", 32, "padding", 4))));
  }

  @Test
  void anOverrideThatChoosesAnotherScheduleOrRuleLeavesOutTheKeysOfTheFilesOwn() {
    String yaml =
        LENET
            + "schedule: {name: poly, power: 2, learningRate: 0.3}\n"
            + "optimizer: {name: sgd, momentum: 0.8, weightDecay: 0.1}\n";
    Recipe recipe = Recipes.read(yaml, List.of("schedule.name=constant", "optimizer.name=adam"));
    assertThat(recipe.schedule().values()).doesNotContainKey("power");
    assertThat(recipe.schedule().get(Schedules.LEARNING_RATE)).isEqualTo(0.3);
    assertThat(recipe.optimizer().values())
        .doesNotContainKey("momentum")
        .containsEntry("weightDecay", 0.1);
    assertThatThrownBy(
            () -> Recipes.read(yaml, List.of("schedule.name=constant", "schedule.power=1")))
        .hasMessageContaining("schedule.power belongs to poly");
  }

  @Test
  void aNumberOfATransformIsTheSameWhenItIsReadBackFromItsStoredForm() {
    Recipe recipe =
        Recipes.read(
            LENET + "data: {train: [{randomCrop: 28.0}, {photometric: 1.0}, {lighting: 0.10}]}",
            List.of());
    assertThat(Recipes.read(Recipes.write(recipe), List.of())).isEqualTo(recipe);
  }

  @Test
  void aWarmUpLongerThanTheRunIsRefusedAndAnEmptyDropoutIsThePapers() {
    assertThatThrownBy(
            () ->
                Recipes.read(
                    LENET + "schedule: {name: cosine, warmupEpochs: 10}",
                    List.of("training.epochs=5")))
        .hasMessageContaining("schedule.warmupEpochs: 10.0 of a run of 5 epochs");
    assertThat(Recipes.read(LENET, List.of("model.dropout=")).model().get(ModelKeys.DROPOUT))
        .isNull();
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    Recipe recipe =
        Recipes.read(
            "model: {name: alexnet}", List.of("model.dropout=0.3", "model.inputChannels=1"));
    Recipe paper = Recipes.read(LENET, List.of("training.seed=-9223372036854775808"));

    assertThat(Recipes.read(Recipes.write(recipe), List.of())).isEqualTo(recipe);
    assertThat(Recipes.read(Recipes.write(paper), List.of())).isEqualTo(paper);
    assertThat(Recipes.write(paper))
        .contains("name: lenet5-modern\n", "dropout: paper\n", "learningRate: 0.01\n");
  }

  @Test
  void theRecipesThatComeAlongAreRead() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../conf"))) {
      List<Path> recipes = files.filter(file -> file.toString().endsWith(".yaml")).toList();

      assertThat(recipes).hasSizeGreaterThanOrEqualTo(3);
      for (Path recipe : recipes) {
        Recipe read = Recipes.read(Files.readString(recipe), List.of());
        assertThat(Recipes.read(Recipes.write(read), List.of())).as("%s", recipe).isEqualTo(read);
      }
    }
  }

  @Test
  void everyRegisteredStrategyMayBeNamed() {
    assertThat(SyncKeys.STRATEGY.kind().words()).isEqualTo(SyncStrategies.names());
  }

  @ParameterizedTest
  @MethodSource("choices")
  void everyChoiceTakesItsOwnKeysAtTheirDefaults(String section, String key, String choice) {
    Recipe chosen = Recipes.read(LENET, List.of(section + "." + key + "=" + choice));

    assertThat(Recipes.read(Recipes.write(chosen), List.of())).isEqualTo(chosen);
    assertThat(chosen.sections().get(section).values().keySet())
        .containsAll(
            Sections.all().get(section).choices().get(choice).common().stream()
                .map(Key::name)
                .toList());
  }

  static Stream<Arguments> choices() {
    return Sections.all().entrySet().stream()
        .flatMap(
            section ->
                section.getValue().choices().keySet().stream()
                    .map(
                        choice ->
                            Arguments.of(
                                section.getKey(),
                                section.getKey().equals("sync") ? "strategy" : "name",
                                choice)));
  }

  @Test
  void aRecipeThatAnOlderVersionStoredWithTheKeysOfAllSchedulesIsRead() throws Exception {
    String stored =
        new String(
            RecipesTest.class.getResourceAsStream("stored-0.1.yaml").readAllBytes(),
            StandardCharsets.UTF_8);

    Recipe recipe = Recipes.readStored(stored, List.of());

    assertThat(recipe.schedule())
        .isEqualTo(
            Recipes.read(LENET, List.of("schedule.name=poly", "schedule.power=1")).schedule());
    assertThat(recipe.training().get(TrainingKeys.CORES_PER_WORKER)).isEqualTo(2);
    assertThat(recipe.training().get(TrainingKeys.MICRO_BATCH)).isEqualTo(64);
    assertThat(recipe.model().get(ModelKeys.INPUT_CHANNELS)).isEqualTo(1);
    assertThat(recipe.engine().get(EngineKeys.NAME)).isEqualTo("nd4j");
    assertThat(recipe.optimizer().get(CommonKeys.WEIGHT_DECAY)).isEqualTo(0.0005);
    assertThatThrownBy(() -> Recipes.read(stored, List.of()))
        .hasMessageContaining("schedule.factor belongs to step; leave it out")
        .hasMessageContaining("schedule.everyEpochs belongs to step; leave it out");
  }

  @Test
  void anEffectiveRecipeIsWrittenAndReadBackWithAllThatWasAuto() {
    Recipe given = Recipes.read(LENET, List.of());

    EffectiveRecipe effective = given.effective(3, 4, 32, "plan");

    assertThat(Recipes.readStored(Recipes.write(effective), List.of()).effective(3, 4, 32, "plan"))
        .isEqualTo(effective);
    assertThat(Recipes.write(effective))
        .contains("inputChannels: 3\n", "coresPerWorker: 4\n", "microBatch: 32\n", "name: plan\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EffectiveRecipe(given.sections()))
        .withMessageContaining(" of a run is auto; give it a value");
  }

  @Test
  void whatMayNotChangeInARunIsToldWithBothValues() {
    Recipe before = Recipes.read(LENET, List.of("model.inputChannels=1", "engine.name=nd4j"));
    Recipe now =
        Recipes.read(
            LENET,
            List.of(
                "optimizer.momentum=0.5",
                "training.epochs=3",
                "training.microBatch=8",
                "schedule.name=cosine"));

    assertThat(now.forbiddenChanges(before))
        .containsExactly(
            "optimizer.momentum: 0.9 before, 0.5 now",
            "training.microBatch: \"auto\" before, 8 now");
    assertThat(Recipe.changeable())
        .contains("schedule.power", "schedule.warmupEpochs", "training.coresPerWorker")
        .doesNotContain("training.workers", "training.microBatch");
  }

  @Test
  void aRecipeTravelsToTheWorkers() throws Exception {
    Recipe recipe = Recipes.read(LENET, List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(recipe);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(recipe);
    }
  }

  @Test
  void theOldNameOfAnEngineIsRead() {
    Recipe old = Recipes.read(LENET + "engine: {name: dl4j}", List.of());

    assertThat(old.engine().get(EngineKeys.NAME)).isEqualTo("nd4j");
    assertThat(Recipes.read(LENET, List.of("engine.name=dl4j"))).isEqualTo(old);
  }
}
