package convoy.jobs.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.train.SyncStrategies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every problem of a recipe is one line that names the key, the value and the remedy. */
class RecipeProblemsTest {
  private static final String LENET = "model: {name: lenet5-modern}\n";

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
        "sync: {momentum: restart} | sync.momentum: 'restart' is unknown, known are average, reset",
        "sync: {slowMomentum: 0.5} | sync.slowMomentum belongs to slowmo; leave it out",
        "sync: {interval: 0} | sync.interval: '0' is not a whole number from 1 to 1000000",
        "sync: {interval: [1 to epoch 5]} | sync.interval: the last value must have no end, as in"
            + " [1 to epoch 5, 10]",
        "sync: {interval: qsr} | sync.interval: 'qsr' is not such as {qsr: {least: 4, alpha: 0.2}}",
        "sync: {interval: {qsr: 4}} | sync.interval: '{\"qsr\":4}' is not such as {qsr: {least: 4,"
            + " alpha: 0.2}}",
        "sync: {interval: {qsr: {least: 4}}} | sync.interval: alpha: missing, needed is a number"
            + " above 0 and up to 1000000",
        "sync: {wire: fp16} | sync.wire: 'fp16' is unknown, known are fp32, bf16; did you"
            + " mean 'fp32'?",
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
  void aKeyThatIsSetTwiceIsAnError() {
    assertThatThrownBy(
            () ->
                Recipes.read(
                    "model: {name: lenet5}", List.of("training.epochs=3", "training.epochs=5")))
        .hasMessage(
            "recipe: --set training.epochs is given twice, as '3' and as '5': give it once");
  }

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
    assertThat(problem("- 1")).hasMessageContaining("a YAML map of sections, not '[1]'");
    assertThat(problem("model:\n\tname: lenet5"))
        .hasMessageContaining("(Do not use \\t(TAB) for indentation)");
    assertThat(problem(LENET + "---\n" + LENET))
        .hasMessageContaining("a second document or value begins: keep one");
    assertThat(problem("m\0o\0d\0e\0l\0")).hasMessageContaining("it is no text in UTF-8");
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
