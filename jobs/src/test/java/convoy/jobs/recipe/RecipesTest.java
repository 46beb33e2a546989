package convoy.jobs.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(problem(stored))
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "training: {epoch: 3} | training.epoch: unknown key, did you mean 'epochs'?",
        "trainig: {epochs: 3} | trainig: unknown key, did you mean 'training'?",
        "extra: 1 | extra: unknown key, known are model, data, optimizer, schedule, training, sync,"
            + " checkpoint, evaluation, guard, engine",
        "training: {epochs: three} | training.epochs: 'three' is not a whole number from 1 to"
            + " 1000000",
        "training: {epochs: 2.5} | training.epochs: '2.5' is not a whole number from 1 to 1000000",
        "training: {epochs: 1e99} | training.epochs: '1E+99' is not a whole number from 1 to"
            + " 1000000",
        "training: {workers: 0} | training.workers: '0' is not a whole number from 1 to 10000",
        "training: {workers: [2]} | training.workers: '[2]' is not a whole number from 1 to 10000",
        "training: {coresPerWorker: all} | training.coresPerWorker: 'all' is not a whole number"
            + " from 1 to 1024 or 'auto'",
        "training: {microBatch: half} | training.microBatch: 'half' is not a whole number from 1 to"
            + " 65536 or 'auto'",
        "training: {microBatch: 65} | training.microBatch: 65 of a minibatch of 64"
            + " (training.batchSizePerWorker)",
        "training: 5 | training: '5' is not a map of keys",
        "optimizer: {name: null} | optimizer.name: an empty value is unknown, known are sgd, nesterov, adam",
        "optimizer: {name: rmsprop} | optimizer.name: 'rmsprop' is unknown, known are sgd, nesterov, adam",
        "optimizer: {momentum: 1} | optimizer.momentum: '1' is not a number from 0 to 0.9999",
        "optimizer: {momentum: NaN} | optimizer.momentum: 'NaN' is not a number from 0 to 0.9999",
        "schedule: {name: steps} | schedule.name: 'steps' is unknown, known are constant, step,"
            + " poly, cosine; did you mean 'step'?",
        "schedule: {power: 2} | schedule.power belongs to poly; leave it out",
        "schedule: {name: poly, everyEpochs: 2} | schedule.everyEpochs belongs to step; leave it"
            + " out",
        "schedule: {learningRate: 0} | schedule.learningRate: '0' is not a number above 0 and up to"
            + " 1000",
        "sync: {momentum: reset} | sync.momentum: 'reset' is not supported yet, only 'average'",
        "sync: {wire: bf16} | sync.wire: 'bf16' is not supported yet, only 'fp32'",
        "guard: {maxRollbacks: 0} | guard.maxRollbacks: '0' is not supported yet, only '3'",
        "engine: {precision: half} | engine.precision: 'half' is unknown, known are float32,"
            + " bfloat16",
        "engine: {name: nd4j, precision: bfloat16} | engine.precision: engine.name nd4j computes in"
            + " float32; leave precision out",
        "engine: {name: torch} | engine.name: 'torch' is unknown, known are auto, plan, nd4j",
        "data: {normalize: none} | data.normalize: 'none' is not supported yet, only 'dataset'",
        "data: {train: [{randomCrop: null}]} | data.train: '{\"randomCrop\":null}' has no value",
        "data: {train: [{randomCrop: {size: null}}]} | data.train:"
            + " '{\"randomCrop\":{\"size\":null}}' has no value",
        "data: {train: [{pad: 30000}]} | data.train: '{\"pad\":30000}' has 30000 px; 4096 is the"
            + " most",
        "data: {train: [{resize: 30000x8}]} | data.train: '{\"resize\":\"30000x8\"}' has 30000 px;"
            + " 4096 is the most",
        "data: {train: flip} | data.train: '\"flip\"' is not a list of transforms, such as"
            + " [{randomCrop: 224}]",
      })
  void aWrongKeyOrValueIsOneLine(String yaml, String line) {
    UserException wrong = problem(LENET + yaml);

    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong).hasMessage("recipe: " + line);
  }

  /** Which strategies there are, other modules on the class path decide. */
  @Test
  void anUnknownStrategyIsOneLineWithTheKnownOnes() {
    UserException wrong = problem(LENET + "sync: {strategy: average}");

    assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong)
        .hasMessage(
            "recipe: sync.strategy: 'average' is unknown, known are %s; did you mean 'averaging'?",
            String.join(", ", SyncStrategies.names()));
  }

  @Test
  void theOldNameOfAnEngineIsRead() {
    Recipe old = Recipes.read(LENET + "engine: {name: dl4j}", List.of());

    assertThat(old.engine().get(EngineKeys.NAME)).isEqualTo("nd4j");
    assertThat(Recipes.read(LENET, List.of("engine.name=dl4j"))).isEqualTo(old);
  }

  @Test
  void whatCannotCutAMinibatchIsOneLine() {
    assertThat(problem(LENET + "training: {microBatch: 8}\nengine: {name: nd4j}"))
        .hasMessage(
            "recipe: training.microBatch: engine.name nd4j takes whole minibatches, leave"
                + " microBatch out");
    assertThat(problem("model: {name: lenet5-modern, batchNorm: true}\ntraining: {microBatch: 8}"))
        .hasMessage(
            "recipe: training.microBatch: 8 would change batch normalization's statistics, leave"
                + " microBatch out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model: {name: resnet} | model.name: 'resnet' is unknown, known are lenet5, lenet5-modern",
        "training: {epochs: 3} | model.name: missing, known are lenet5",
        "'' | model.name: missing, known are lenet5",
        "model: {name: alexnet, freeze: conv9} | model.freeze: 'conv9' is no layer of alexnet: give"
            + " none, features or a layer that convoy models alexnet prints; did you mean 'conv",
        "model: {name: alexnet, freeze: feature} | model.freeze: 'feature' is no layer of alexnet:"
            + " give none, features or a layer that convoy models alexnet prints; did you mean"
            + " 'features'?",
        "model: {name: alexnet, freeze: fc8} | model.freeze: 'fc8' leaves no layer of alexnet to",
        "model: {name: googlenet, freeze: auxiliary4a.fc} | model.freeze: 'auxiliary4a.fc' is no",
        "model: {name: lenet5-modern, inputSize: 5} | model: ",
        "model: {name: vgg16, form: tiny} | model.form: 'tiny' is unknown, known are paper, small",
        "model: {name: vgg16, batchNorm: often} | model.batchNorm: 'often' is neither true nor",
        "model: {name: vgg16, form: small, dropout: 0.5} | model: vgg16 in its small form has no",
        "model: {name: vgg16, form: small, inputSize: 31} | model: vgg16 at 31 x 31 px: layer",
        "model: {name: lenet5-modern, dropout: 0.5} | model: ",
        "model: {name: alexnet}; data: {train: [{randomCorp: 9}]} | data.train: unknown transform",
        "model: {name: alexnet}; data: {train: [{randomCrop: 24}]} | data.train: the training",
        "model: {name: alexnet}; data: {evaluation: [{flip: horizontal}]} | data.evaluation: the",
      })
  void whatDoesNotFitTheNetworkIsSaid(String yaml, String beginning) {
    assertThat(problem(yaml.replace("; ", "\n"))).hasMessageStartingWith("recipe: " + beginning);
  }

  @Test
  void allProblemsComeAtOnce() {
    UserException wrong =
        problem(
            """
            model: {name: lenet6}
            optimizer: {nam: sgd, momentum: 2}
            training: {epochs: -1}
            """,
            "sync.interval=often",
            "epochs=3");

    assertThat(wrong.getMessage().lines())
        .hasSize(7)
        .startsWith("the recipe has 6 problems")
        .contains(
            "  model.name: 'lenet6' is unknown, known are lenet5, lenet5-modern, lenet-caffe,"
                + " alexnet, alexnet-caffe, alexnet-one-tower, caffenet, vgg11, vgg13, vgg16c,"
                + " vgg16, vgg19, googlenet, squeezenet-1.0, squeezenet-1.0-caffe,"
                + " squeezenet-1.1; did you mean 'lenet5'?",
            "  --set epochs=3: needs section.key=value, such as training.epochs=3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: lenet6}",
        "{name: alexnet, inputSize: big}",
        "{name: alexnet, inputSize: 5}",
        "{name: alexnet, dropout: 2}",
        "{}"
      })
  void aProblemOfTheModelHidesNoneOfTheData(String model) {
    UserException wrong =
        problem(
            "model: "
                + model
                + "\ndata: {train: [{randomCorp: 9}], evaluation: [{flip: horizontal}]}");

    assertThat(wrong.getMessage().lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("  model"))
        .anyMatch(line -> line.startsWith("  data.train: unknown transform randomCorp"))
        .anyMatch(line -> line.startsWith("  data.evaluation: "));
  }

  @Test
  void anUnknownLayerToFreezeIsOneOfAllProblems() {
    assertThat(
            problem("model: {name: alexnet, freeze: conv9}\ntraining: {epochs: 0}")
                .getMessage()
                .lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("  model.freeze: 'conv9'"))
        .anyMatch(line -> line.startsWith("  training.epochs: '0'"));
  }

  @Test
  void brokenYamlNamesTheLine() {
    assertThat(problem("model:\n  name: [lenet5\n"))
        .hasMessageStartingWith("recipe: no YAML at line");
    assertThat(problem("lenet5")).hasMessageContaining("a YAML map of sections, not 'lenet5'");
  }

  @Test
  void aKeyThatStandsTwiceIsAnError() {
    assertThat(problem(LENET + "training:\n  epochs: 3\n  epochs: 4\n"))
        .hasMessageContaining("Duplicate field 'epochs'");
  }

  private static UserException problem(String yaml, String... overrides) {
    return catchThrowableOfType(UserException.class, () -> Recipes.read(yaml, List.of(overrides)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "[a, "})
  @Timeout(20)
  void deeplyNestedYamlIsRefusedAtOnce(String level) {
    for (String text : List.of(level.repeat(100_000), "model:\n  " + level.repeat(100_000))) {
      assertThatThrownBy(() -> Recipes.read(text, List.of()))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("recipe: too deeply nested");
    }

    assertThatThrownBy(() -> Recipes.read("{}", List.of("model.name=" + level.repeat(100_000))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "recipe: --set model.name: too deeply nested: sections, keys and lists have at most 20"
                + " levels");
  }
}
