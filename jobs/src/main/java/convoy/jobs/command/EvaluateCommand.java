package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.evaluate.ClassMatch;
import convoy.jobs.evaluate.EvaluationResult;
import convoy.jobs.evaluate.EvaluationText;
import convoy.jobs.evaluate.Evaluator;
import convoy.jobs.predict.ModelClassifier;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.PredictionSessions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy evaluate} measures a model on a split of a dataset. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Show a model's top-1 and top-5 accuracy, its loss, the accuracy of each class and the"
          + " confusions on a split of a dataset. Every example counts exactly once."
    })
public final class EvaluateCommand implements Callable<ExitCode> {
  private static final List<String> CROPS = List.of("1", "10", "144");

  @Option(
      names = "--model",
      required = true,
      arity = "1..*",
      paramLabel = "MODEL",
      description = "Folder of a model, or of a run, which gives the model of its last round.")
  @InputPath(folder = true)
  private List<String> models;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DATASET",
      description = "Folder of the dataset.")
  @InputPath(folder = true)
  private String data;

  private static final List<String> SPLITS = List.of("train", "val");

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      defaultValue = "val",
      description = "train or val; default: ${DEFAULT-VALUE}.")
  private String split;

  @Option(
      names = "--crops",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Number of crops of each picture, whose probabilities are averaged: 1, 10 (corners,"
            + " middle and their mirror images) or 144 (at four scales); default:"
            + " ${DEFAULT-VALUE}."
      })
  private String crops;

  @Option(
      names = "--min-top1",
      paramLabel = "X",
      description = "The command ends with exit code 4 if the top-1 accuracy (0 to 1) is below X.")
  private Double minTop1;

  @Option(names = "--out", paramLabel = "FILE", description = "Also write the result as JSON.")
  @OutputPath(file = true)
  private String out;

  @Option(names = "--overwrite", description = "Replace FILE, whatever it contains.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private PrecisionOption precision;
  @Mixin private WideOption wide;

  @Override
  public ExitCode call() throws Exception {
    validate();
    try (SparkSession spark = PredictionSessions.open("convoy evaluate")) {
      Configuration configuration = spark.sparkContext().hadoopConfiguration();
      EvaluationFile file = out == null ? null : EvaluationFile.open(configuration, out, overwrite);
      EvaluationResult result = evaluate(spark);
      String text = new ObjectMapper().writeValueAsString(result);
      if (file != null) {
        file.write(text + "\n");
      }

      System.out.println(json ? text : EvaluationText.of(result, wide.columns()));
      return gate(result.top1());
    }
  }

  private void validate() {
    if (models.size() > 1) {
      throw UserException.usage(
          "%d models given: ensembles are not supported yet; give one".formatted(models.size()));
    }

    if (!CROPS.contains(crops)) {
      throw UserException.usage(
          "--crops %s: %s; known: %s"
              .formatted(
                  crops,
                  crops.equals("dense") ? "not supported yet" : "no such number of crops",
                  String.join(", ", CROPS)));
    }

    if (!SPLITS.contains(split)) {
      throw UserException.usage(
          "--split %s: no such split; known: %s".formatted(split, String.join(", ", SPLITS)));
    }

    if (minTop1 != null && !(minTop1 >= 0 && minTop1 <= 1)) {
      throw UserException.usage(
          "--min-top1 is " + minTop1 + "; give a number from 0 to 1, such as 0.9");
    }
  }

  private EvaluationResult evaluate(SparkSession spark) throws Exception {
    HadoopSettings hadoop = HadoopSettings.of(spark.sparkContext().hadoopConfiguration());
    Configuration configuration = hadoop.configuration();
    Path dataset = new Path(data);
    dataset = Storage.of(configuration, dataset).makeQualified(dataset);
    Manifest manifest = Manifests.read(configuration, dataset);
    ModelClassifier model =
        ModelClassifier.open(
                hadoop, models.get(0), PredictionSessions.threads(spark), precision.precision())
            .withCrops(Integer.parseInt(crops));
    ClassMatch.check(model.path(), model.description(), dataset.toString(), manifest)
        .ifPresent(note -> System.err.println("convoy evaluate: " + note));
    EvaluationResult result =
        Evaluator.evaluate(
            JavaSparkContext.fromSparkContext(spark.sparkContext()),
            hadoop,
            model.classifier(),
            dataset.toString(),
            manifest,
            split);
    if (!Double.isFinite(result.loss())) {
      throw UserException.badData(
          "%s gives NaN, as its weights are not finite; use another checkpoint"
              .formatted(model.path()));
    }

    return result;
  }

  private ExitCode gate(double top1) {
    if (minTop1 == null || top1 >= minTop1) {
      return ExitCode.DONE;
    }

    System.err.println(
        String.format(
            Locale.ROOT, "convoy evaluate: top-1 %.4f is below --min-top1 %s", top1, minTop1));
    return ExitCode.GATE_MISSED;
  }
}
