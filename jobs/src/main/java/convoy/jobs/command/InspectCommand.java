package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ExitCode;
import convoy.jobs.inspect.InspectJob;
import convoy.jobs.inspect.Inspection;
import convoy.jobs.inspect.InspectionText;
import convoy.jobs.prepare.PrepareJob;
import convoy.jobs.spark.SparkSessions;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy inspect} shows what a dataset holds. */
@Command(
    name = "inspect",
    sortOptions = false,
    description = {
      "Show what a dataset holds: examples and classes, how even the shards are, sizes of"
          + " pictures, equal pictures, and the files in quarantine.",
      "Every row is read once. A damaged shard leads to exit code 3."
    })
public final class InspectCommand implements Callable<ExitCode> {
  @Parameters(index = "0", paramLabel = "DATASET", description = "Folder of the dataset.")
  @InputPath(folder = true)
  private String dataset;

  @Option(
      names = "--picture",
      paramLabel = "FILE",
      description =
          "Also write a PNG of the first training pictures as the network sees them, with the names"
              + " of their classes.")
  @OutputPath(file = true)
  private String picture;

  @Option(
      names = "--verify",
      description =
          "Also compare each shard with the manifest's SHA-256, and the rows with its counts.")
  private boolean verify;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public ExitCode call() throws Exception {
    try (SparkSession spark = SparkSessions.open("convoy inspect", PrepareJob.SPARK_SETTINGS)) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
      Inspection inspection = InspectJob.run(context, dataset, verify);
      if (picture != null && inspection.problems().isEmpty()) {
        System.err.println(
            "convoy inspect: picture written to "
                + InspectJob.writePicture(context.hadoopConfiguration(), dataset, picture));
      }

      System.out.println(
          json
              ? new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(inspection)
              : InspectionText.of(inspection, verify));
      inspection.problems().forEach(problem -> System.err.println("convoy inspect: " + problem));
      return inspection.problems().isEmpty() ? ExitCode.DONE : ExitCode.BAD_DATA;
    }
  }
}
