package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.train.TrainJob;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy train} trains a model on a dataset by a recipe. */
@Command(
    name = "train",
    sortOptions = false,
    description =
        "Train a network on a prepared dataset. Workers train side by side and are averaged after"
            + " each sync.interval minibatches. RUN gets checkpoints, metrics.jsonl and model/."
            + " A checkpoint has twice the size of the model; the newest checkpoint.keep of them"
            + " are kept.")
public final class TrainCommand implements Callable<ExitCode> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description =
          "Folder of the run. It must be new or empty, unless --resume or --restart is given.")
  @OutputPath
  private String out;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = {
        "File of the recipe, such as conf/lenet5-mnist.yaml. Required, except with --resume: the"
            + " run has its recipe, dataset and --set values."
      })
  @InputPath
  private String recipe;

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description = "Folder of a dataset that convoy prepare made. Required, except with --resume.")
  @InputPath
  private String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replace the value of a recipe key, such as training.epochs=3. Repeatable, once for each"
              + " key.")
  private List<String> set = new ArrayList<>();

  @Option(
      names = "--resume",
      description =
          "Continue RUN after its newest whole checkpoint, or begin it if there is none. If RUN is"
              + " finished, do nothing.")
  private boolean resume;

  @Option(
      names = "--restart",
      description = "Delete what a run has written in RUN, and train from the start.")
  private boolean restart;

  @Option(
      names = "--init",
      paramLabel = "MODEL",
      description =
          "Start from the weights of this model or run, which must have the same architecture. If"
              + " its classes differ, the classifier starts with random weights. Pixels are scaled"
              + " as for that model.")
  @InputPath
  private String init;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public ExitCode call() throws IOException {
    if (resume && restart) {
      throw UserException.usage("--resume and --restart exclude each other: give one of them");
    }

    TrainJob.Outcome outcome =
        TrainJob.run(new TrainJob.Arguments(recipeText(), set, data, out, resume, restart, init));
    System.out.println(json ? new ObjectMapper().writeValueAsString(outcome) : text(outcome));
    return ExitCode.DONE;
  }

  private String recipeText() throws IOException {
    if (recipe == null) {
      return null;
    }

    Configuration configuration = HadoopSettings.local().configuration();
    Path file = new Path(recipe);
    try {
      if (Storage.of(configuration, file).getFileStatus(file).isDirectory()) {
        throw UserException.usage("--recipe " + recipe + " is a folder: name the recipe's file");
      }

      return HadoopFiles.readText(configuration, file);
    } catch (FileNotFoundException absent) {
      throw new UserException(
          ExitCode.USAGE,
          "--recipe " + recipe + ": no such file; conf/ has recipes to begin with",
          absent);
    }
  }

  private String text(TrainJob.Outcome outcome) {
    String top1 =
        outcome.top1() == null ? "" : String.format(Locale.ROOT, ", top-1 %.4f", outcome.top1());
    return String.format(
        Locale.ROOT,
        "%s %s: %d rounds, %.0f epochs%s",
        outcome.unchanged() ? "nothing to do, already finished:" : "trained",
        out,
        outcome.rounds(),
        outcome.epochs(),
        top1);
  }
}
