package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.PixelStatistics;
import convoy.data.dataset.PixelSums;
import convoy.data.source.FixedClasses;
import convoy.data.source.Listing;
import convoy.data.source.Source;
import convoy.data.source.SourceException;
import convoy.data.source.Sources;
import convoy.jobs.ExitCode;
import convoy.jobs.UserException;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Source in, dataset out: list, check, assign, write, manifest. The same arguments and the same
 * files give the same bytes for any number of executors.
 */
public final class PrepareJob {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareJob.class);

  /** Records travel with Java's serialization; Kryo 4 can't make them. */
  public static final Map<String, String> SPARK_SETTINGS =
      Map.of("spark.serializer", "org.apache.spark.serializer.JavaSerializer");

  private final JavaSparkContext spark;
  private final PrepareOptions options;
  private final Stages stages = new Stages(LOG);

  private PrepareJob(JavaSparkContext spark, PrepareOptions options) {
    this.spark = spark;
    this.options = options;
  }

  /**
   * Prepares a dataset; one that is finished with the same arguments stays as it is.
   *
   * @throws UserException for wrong arguments, a foreign output folder, or no usable picture
   */
  public static PrepareResult run(JavaSparkContext spark, PrepareOptions options) throws Exception {
    options.validate();
    return new PrepareJob(spark, options).run();
  }

  private PrepareResult run() throws Exception {
    Configuration configuration = spark.hadoopConfiguration();
    Source source = Sources.named(options.source()).orElseThrow();
    PreparePaths paths = PreparePaths.of(configuration, options);
    OutputFolder out = new OutputFolder(configuration, paths.out());
    OutputFolder.State state = out.state();
    if (state == OutputFolder.State.FOREIGN && !options.overwrite()) {
      if (out.isDamaged()) {
        throw UserException.badData(
            "the manifest of %s is damaged: --overwrite prepares the dataset anew"
                .formatted(paths.out()));
      }

      throw UserException.usage(
          "--out "
              + paths.out()
              + " holds other files: name another folder, or replace it with"
              + " --overwrite");
    }

    Listing listing = stages.run("list", () -> list(source, paths));
    JsonNode provenance = Provenance.of(options, listing);
    if (state == OutputFolder.State.FINISHED && !options.overwrite()) {
      return finished(out, provenance, listing);
    }

    try (SparkTasks tasks = new SparkTasks(spark, source.name())) {
      List<Checked> checked = stages.run("check", () -> tasks.check(listing.items()));
      Quarantine quarantine = quarantine(listing, checked, paths);
      Assignment assignment =
          stages.run(
              "assign",
              () ->
                  Assignment.of(
                      listing.items(),
                      checked,
                      Provenance.valFraction(options, listing),
                      options.shardBytes(),
                      options.seed()));
      requireTraining(listing, assignment.train(), quarantine);
      PixelSums sums = stages.run("statistics", () -> tasks.sums(assignment.train()));
      out.begin(provenance, state, options.overwrite());
      List<Manifest.Shard> shards =
          stages.run("write", () -> tasks.write(assignment.shards(), paths.out()));
      boolean gray =
          assignment.train().stream().allMatch(item -> checked.get(item).channels() == 1);
      Manifest manifest =
          ManifestAssembly.of(
              listing, assignment.shards(), shards, PixelStatistics.of(sums, gray), provenance);
      out.write(OutputFolder.QUARANTINE, quarantine.text());
      out.write(OutputFolder.RUN, RunFacts.text(spark, paths, stages.seconds()));
      out.finish(manifest);
      return result(true, manifest, quarantine.reasons(), listing.hidden(), paths.out());
    }
  }

  private Listing list(Source source, PreparePaths paths) throws IOException {
    try {
      Listing listing = source.list(new SparkListing(spark), paths.inputs());
      if (paths.classes() != null) {
        listing = FixedClasses.apply(spark.hadoopConfiguration(), paths.classes(), listing);
      }

      LOG.info(
          "files={} classes={} hiddenSkipped={}",
          listing.items().size(),
          listing.classes().size(),
          listing.hidden());
      listing.warnings().forEach(LOG::warn);
      return listing;
    } catch (SourceException unusable) {
      throw new UserException(ExitCode.BAD_DATA, unusable.getMessage(), unusable);
    }
  }

  /** The same arguments on the same files: nothing to do. Anything else stays untouched. */
  private PrepareResult finished(OutputFolder out, JsonNode provenance, Listing listing)
      throws IOException {
    Manifest manifest = out.manifest();
    List<String> differences = Provenance.differences(provenance, manifest.provenance());
    if (!differences.isEmpty()) {
      throw UserException.usage(
          "--out "
              + out.path()
              + (" holds a dataset made with another " + String.join(", ", differences))
              + ": name another folder, or replace it with --overwrite");
    }

    out.requireWhole(manifest);
    String quarantine = out.quarantine();
    if (options.failOnBad() && !quarantine.isBlank()) {
      throw UserException.badData(
          "%s is finished and has %d files in %s, which --bad-images fail doesn't allow"
              .formatted(out.path(), quarantine.lines().count(), OutputFolder.QUARANTINE));
    }

    LOG.info("{} is finished with these arguments: nothing changed", out.path());
    return result(false, manifest, Quarantine.count(quarantine), listing.hidden(), out.path());
  }

  private Quarantine quarantine(Listing listing, List<Checked> checked, PreparePaths paths)
      throws IOException {
    Quarantine quarantine = Quarantine.of(listing.items(), checked);
    if (quarantine.files() == 0) {
      return quarantine;
    }

    if (options.failOnBad()) {
      throw UserException.badData(
          quarantine.files()
              + (" of " + listing.items().size() + " files are no usable pictures, the first is ")
              + quarantine.first()
              + "; --bad-images quarantine goes on without them");
    }

    LOG.warn(
        "{} of {} files rejected ({}), one line each in {}",
        quarantine.files(),
        listing.items().size(),
        quarantine.summary(),
        new Path(paths.out(), OutputFolder.QUARANTINE));
    return quarantine;
  }

  private static void requireTraining(Listing listing, BitSet train, Quarantine quarantine) {
    if (train.isEmpty()) {
      throw UserException.badData(
          "no usable training picture among "
              + (listing.items().size() + " files; rejected: ")
              + quarantine.summary());
    }

    BitSet seen = new BitSet();
    train.stream().forEach(item -> seen.set(listing.items().get(item).label()));
    List<String> empty =
        listing.classes().stream()
            .filter(name -> !seen.get(listing.classes().indexOf(name)))
            .toList();
    if (!empty.isEmpty()) {
      LOG.warn("classes without a usable training picture: {}", String.join(", ", empty));
    }
  }

  private PrepareResult result(
      boolean changed, Manifest manifest, Map<String, Long> rejected, long hidden, Path out) {
    return PrepareResult.of(out.toString(), changed, manifest, rejected, hidden, stages.total());
  }
}
