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

/** {@code convoy prepare}: pictures in, dataset out. */
@Command(
    name = "prepare",
    sortOptions = false,
    description = {
      "Read and check pictures, and write them as a dataset: shuffled, stratified Parquet shards"
          + " and a manifest.",
      "Run again with the same arguments it changes nothing; a killed run is gone on with."
          + " Inputs are told by names and sizes: a picture that was edited to the same size needs"
          + " --overwrite."
    })
public final class PrepareCommand implements Callable<ExitCode> {
  /** What happens to a file that is no usable picture. */
  enum BadImages {
    quarantine,
    fail
  }

  @Option(
      names = "--source",
      required = true,
      paramLabel = "SOURCE",
      description = {
        "folder: IN/train/CLASS/... and IN/val/CLASS/... (or validation, or test), or IN/CLASS/...",
        "imagenet: ILSVRC2012_img_train.tar as it is downloaded; ILSVRC2012_img_val.tar with its"
            + " ground truth becomes val: imagenet_2012_validation_synset_labels.txt, val.txt, or"
            + " ILSVRC2012_validation_ground_truth.txt with map_clsloc.txt; synset_words.txt gives"
            + " the classes words. IN is their folder, or names each.",
        "tiny-imagenet: train/WNID/images, val/images with val_annotations.txt.",
        "mnist: the IDX files, plain or .gz; t10k becomes val.",
        "cifar10: data_batch_1.bin... and test_batch.bin, which becomes val, or a .tar of them.",
        "csv, jsonl: lists of path, label and, perhaps, split (train or val); paths are relative to"
            + " the list.",
        "webdataset: .tar files of pictures with .cls or .json (\"label\"); those named val... or"
            + " test..., or in such a folder, become val."
      })
  private String source;

  @Option(
      names = "--in",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "Where the pictures are; any file system that Hadoop knows.")
  @InputPath
  private List<String> inputs;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Labels are the lines of this file: a class each, perhaps with its words, as in"
              + " synset_words.txt; default: the classes of the source, sorted.")
  @InputPath
  private String classes;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DATASET",
      description = "Folder of the dataset.")
  @OutputPath
  private String out;

  @Option(
      names = "--shard-mb",
      paramLabel = "MB",
      defaultValue = "128",
      description = "Aimed-at size of a shard in MiB; default: ${DEFAULT-VALUE}.")
  private int shardMb;

  @Option(
      names = "--val-fraction",
      paramLabel = "X",
      defaultValue = "0.1",
      description =
          "Part of the training pictures, of each class, that becomes val; used where the source"
              + " has no such part itself; default: ${DEFAULT-VALUE}.")
  private double valFraction;

  @Option(
      names = "--bad-images",
      paramLabel = "WHAT",
      defaultValue = "quarantine",
      description =
          "quarantine: a line in quarantine.jsonl, the job goes on; fail: exit code 3;"
              + " default: ${DEFAULT-VALUE}.")
  private BadImages badImages;

  @Option(
      names = "--max-bad-fraction",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "More bad pictures than this part of all files end with exit code 3;"
              + " default: ${DEFAULT-VALUE}.")
  private double maxBadFraction;

  @Option(
      names = "--duplicates",
      paramLabel = "WHAT",
      defaultValue = "keep",
      description =
          "Equal pictures in two classes or in both splits: keep and count them; quarantine: all of"
              + " those in two classes go, of the others one stays, that of val if there is one;"
              + " fail: exit code 3; default: ${DEFAULT-VALUE}.")
  private DuplicateAction duplicates;

  @Option(
      names = "--short-side",
      paramLabel = "PX",
      defaultValue = "0",
      description =
          "Pictures with a longer short side are made smaller and become JPEG of quality 95;"
              + " default: ${DEFAULT-VALUE}, all bytes stay as they came.")
  private int shortSide;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Decides shuffling and the drawn val; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--overwrite", description = "Replace DATASET, whatever is in it.")
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
          "taken on  %d files that a run before had checked%n", result.checkedBefore());
    }

    if (result.hidden() > 0) {
      System.out.printf("hidden    %d skipped (names that begin with a dot)%n", result.hidden());
    }

    System.out.printf(Locale.ROOT, "seconds   %.1f%n", result.seconds());
  }
}
