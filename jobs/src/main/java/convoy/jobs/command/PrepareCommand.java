package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ExitCode;
import convoy.jobs.prepare.DuplicateAction;
import convoy.jobs.prepare.PrepareJob;
import convoy.jobs.prepare.PrepareOptions;
import convoy.jobs.prepare.PrepareResult;
import convoy.jobs.spark.SparkSessions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy prepare} makes a dataset of pictures. */
@Command(
    name = "prepare",
    sortOptions = false,
    description = {
      "Read and check pictures, and write them as a dataset: shuffled, stratified Parquet shards"
          + " and a manifest.",
      "If prepare is interrupted, run the same command again: it continues. A finished dataset"
          + " stays as it is. Changes of the inputs are found by names and sizes, so a picture"
          + " that was edited but has the same size needs --overwrite."
    })
public final class PrepareCommand implements Callable<ExitCode> {
  /** What happens to a file that is not a usable picture. */
  enum BadImages {
    quarantine,
    fail
  }

  @Option(
      names = "--source",
      required = true,
      paramLabel = "SOURCE",
      description = {
        "folder: IN/train/CLASS/... and IN/val/CLASS/... (or validation, valid, test), or IN/CLASS/...",
        "imagenet: ILSVRC2012_img_train.tar as downloaded, or the tars of the classes in it."
            + " ILSVRC2012_img_val.tar becomes val; it needs its ground truth:"
            + " imagenet_2012_validation_synset_labels.txt, val.txt, or"
            + " ILSVRC2012_validation_ground_truth.txt with map_clsloc.txt. The optional"
            + " synset_words.txt gives the words of the classes. IN is the folder of these files,"
            + " or names each of them.",
        "tiny-imagenet: train/WNID/images, val/images with val_annotations.txt.",
        "mnist: the IDX files, plain or .gz; the t10k files become val.",
        "cifar10: data_batch_1.bin... and test_batch.bin, which becomes val, or a .tar of them.",
        "csv, jsonl: lists of path, label and, optionally, split (train or val); paths are relative"
            + " to the list.",
        "webdataset: .tar files of pictures with .cls or .json (\"label\"). Files named val... or"
            + " test..., or in a folder of such a name, become val."
      })
  private String source;

  @Option(
      names = "--in",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Where the pictures are, on any file system that Hadoop knows.")
  @InputPath
  private List<String> inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DATASET",
      description = "Folder of the dataset.")
  @OutputPath
  private String out;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "The classes in the order of their labels, one on each line, optionally with words as in"
              + " synset_words.txt; default: the classes of the source, sorted by number if all are"
              + " numbers, and by name otherwise.")
  @InputPath(file = true)
  private String classes;

  @Option(
      names = "--shard-mb",
      paramLabel = "MB",
      defaultValue = "128",
      description = "Target size of a shard in MiB; default: ${DEFAULT-VALUE}.")
  private int shardMb;

  @Option(
      names = "--val-fraction",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "Fraction of each class's training pictures that becomes val. It has no effect if the"
              + " source has a val of its own; default: ${DEFAULT-VALUE}.")
  private double valFraction;

  @Option(
      names = "--bad-images",
      paramLabel = "WHAT",
      defaultValue = "quarantine",
      description =
          "What to do with files that are not usable pictures: quarantine (list them in"
              + " quarantine.jsonl and continue) or fail (exit code 3); default:"
              + " ${DEFAULT-VALUE}.")
  private BadImages badImages;

  @Option(
      names = "--max-bad-fraction",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "The job ends with exit code 3 if more than this fraction of all files are bad;"
              + " default: ${DEFAULT-VALUE}.")
  private double maxBadFraction;

  @Option(
      names = "--duplicates",
      paramLabel = "WHAT",
      defaultValue = "keep",
      description =
          "What to do with equal pictures in two classes or in both splits: keep (and count them),"
              + " quarantine (leave out all copies in two classes; of other copies, keep one, that"
              + " of val if there is one) or fail (exit code 3); default: ${DEFAULT-VALUE}.")
  private DuplicateAction duplicates;

  @Option(
      names = "--short-side",
      paramLabel = "PX",
      defaultValue = "0",
      description =
          "Resize pictures with a longer short side to this one, as JPEG of quality 95; default:"
              + " ${DEFAULT-VALUE}, which keeps the bytes of all pictures.")
  private int shortSide;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the shuffling and of the drawn val; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--overwrite", description = "Replace DATASET, whatever it contains.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public ExitCode call() throws Exception {
    PrepareOptions options =
        new PrepareOptions(
            source,
            inputs,
            classes,
            out,
            (long) shardMb << 20,
            valFraction,
            badImages == BadImages.fail,
            maxBadFraction,
            duplicates,
            shortSide,
            seed,
            overwrite);
    options.validate();
    try (SparkSession spark = SparkSessions.open("convoy prepare", PrepareJob.SPARK_SETTINGS)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      print(PrepareJob.run(context, options));
    }

    return ExitCode.DONE;
  }

  private void print(PrepareResult result) throws Exception {
    if (json) {
      System.out.println(
          new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
      return;
    }

    System.out.printf(
        "%s %s%n", result.changed() ? "prepared" : "already prepared", result.dataset());
    System.out.printf("classes   %d%n", result.classes());
    result
        .splits()
        .forEach(
            (name, split) ->
                System.out.printf(
                    Locale.ROOT,
                    "%-9s %,d examples, %.1f MiB in %d shard%s%n",
                    name,
                    split.examples(),
                    split.bytes() / 1048576.0,
                    split.shards(),
                    split.shards() == 1 ? "" : "s"));
    result
        .rejected()
        .forEach((reason, files) -> System.out.printf("rejected  %d %s%n", files, reason));
    result
        .duplicates()
        .forEach(
            (where, contents) -> {
              if (contents > 0) {
                String place = where.equals("inClasses") ? "two classes" : "both splits";
                System.out.printf("equal     %d pictures in %s%n", contents, place);
              }
            });
    if (result.checkedBefore() > 0) {
      System.out.printf(
          "skipped   %d files that an earlier run has checked%n", result.checkedBefore());
    }

    if (result.hidden() > 0) {
      System.out.printf("hidden    %d skipped (names that begin with a dot)%n", result.hidden());
    }

    System.out.printf(Locale.ROOT, "seconds   %.1f%n", result.seconds());
  }
}
