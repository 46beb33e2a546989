package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ExitCode;
import convoy.jobs.io.Places;
import convoy.jobs.predict.ModelClassifier;
import convoy.jobs.score.ScoreJob;
import convoy.jobs.score.ScoreOptions;
import convoy.jobs.score.ScoreResult;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.PredictionSessions;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy score} writes one row for each file. */
@Command(
    name = "score",
    sortOptions = false,
    description = {
      "Classify every file of a folder and its sub-folders. Each file gets one row; for a file that"
          + " is not a picture, the row says why.",
      "Names that begin with a dot are skipped. Links are followed. If score is interrupted, run"
          + " the same command again: it continues. Finished rows stay as they are."
    })
public final class ScoreCommand implements Callable<ExitCode> {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Folder of a model, or of a run, which gives the model of its last round.")
  @InputPath(folder = true)
  private String model;

  @Option(
      names = "--in",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = {
        "Folders or files, never patterns. The path in a row is relative to PATH. With several"
            + " PATHs, the last name of PATH stands before it."
      })
  private List<String> inputs;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder of the rows.")
  @OutputPath
  private String out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "parquet",
      description =
          "Format of the rows: parquet, csv (RFC 4180; topK is one column of JSON) or jsonl;"
              + " default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "5",
      description = "Number of classes in each row's topK; default: ${DEFAULT-VALUE}.")
  private int topK;

  @Option(
      names = "--resume",
      description =
          "If DIR is finished, score the files that have no row in it yet, into new parts. Inputs"
              + " without any file are then not an error.")
  private boolean resume;

  @Option(names = "--overwrite", description = "Empty DIR first, whatever it contains.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Mixin private PrecisionOption precision;

  @Override
  public ExitCode call() throws Exception {
    ScoreOptions options = new ScoreOptions(inputs, out, format, topK, resume, overwrite);
    try (SparkSession spark = PredictionSessions.open("convoy score")) {
      HadoopSettings hadoop = HadoopSettings.of(spark.sparkContext().hadoopConfiguration());
      ModelClassifier opened =
          ModelClassifier.open(
              hadoop, model, PredictionSessions.threads(spark), precision.precision());
      ScoreResult result =
          ScoreJob.run(
              spark,
              options,
              new ScoreJob.Model(
                  Places.of(new Path(opened.path())),
                  opened.fingerprint(),
                  precision.precision().toString(),
                  opened.description().classes(),
                  opened.classifier()));
      if (json) {
        System.out.println(
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
      }

      System.err.print(summary(result));
    }

    return ExitCode.DONE;
  }

  static String summary(ScoreResult result) {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s %s: %,d rows in %,d part%s",
        result.rows() == 0
            ? "nothing to score yet for"
            : result.scored() == 0 ? "already scored" : "scored",
        result.out(),
        result.rows(),
        result.parts(),
        result.parts() == 1 ? "" : "s");
    result.errors().forEach((code, count) -> line(text, "error     %,d %s", count, code));
    line(text, "skipped   %s", skipped(result));
    if (result.scored() > 0) {
      line(
          text,
          "now       %,d files in %.1f s, %.1f a second",
          result.scored(),
          result.seconds(),
          result.imagesPerSecond());
    }

    return text.toString();
  }

  private static String skipped(ScoreResult result) {
    StringJoiner skipped = new StringJoiner(", ");
    skipped.add(result.hiddenFiles() + " hidden files");
    skipped.add(result.hiddenFolders() + " hidden folders");
    if (result.special() > 0) {
      skipped.add(result.special() + " pipes, sockets or devices");
    }

    if (result.loops() > 0) {
      skipped.add(result.loops() + " links that lead back");
    }

    return skipped.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
