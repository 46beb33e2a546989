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
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.io.Stages;
import convoy.jobs.terminal.Interruption;
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
 * Makes a dataset of a source in five steps: list, check, assign, write, manifest. The same
 * arguments and files give the same bytes for any number of executors.
 */
public final class PrepareJob {
  private static final Logger LOG = LoggerFactory.getLogger(PrepareJob.class);

  /** Records are sent with Java's serialization, as Kryo 4 can't create them. */
  public static final Map<String, String> SPARK_SETTINGS =
      Map.of("spark.serializer", "org.apache.spark.serializer.JavaSerializer");

  private final JavaSparkContext spark;
  private final PrepareOptions options;
  private final BadLimit limit;
  private final Stages stages = new Stages(LOG);

  private PrepareJob(JavaSparkContext spark, PrepareOptions options) {
    this.spark = spark;
    this.options = options;
    this.limit = new BadLimit(options.failOnBad(), options.maxBadFraction());
  }

  /**
   * Prepares a dataset. A dataset that is finished with the same arguments stays as it is.
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
    OwnedFolder.State state = out.state();
    if (state == OwnedFolder.State.FOREIGN && !options.overwrite()) {
      throw out.refusal();
    }

    Listing listing = stages.run("list", "listing the files", () -> list(source, paths));
    JsonNode provenance = Provenance.of(options, listing);
    if (state == OwnedFolder.State.FINISHED && !options.overwrite()) {
      return finished(out, provenance, listing);
    }

    out.begin(provenance, state, options.overwrite());
    if (state.isFree()) {
      Interruption.continueWithout("--overwrite");
    }

    try {
      return make(paths, out, state, provenance, listing);
    } catch (Exception problem) {
      out.abandon(Failure.of(problem).exitCode() == ExitCode.BAD_DATA);
      throw problem;
    }
  }

  private PrepareResult make(
      PreparePaths paths,
      OutputFolder out,
      OwnedFolder.State state,
      JsonNode provenance,
      Listing listing)
      throws Exception {
    try (SparkTasks tasks = new SparkTasks(spark, options.source(), options.shortSide())) {
      CheckedFiles files = new CheckedFiles(paths.out().toString(), provenance.toString());
      List<Checked> found =
          stages.run("check", "checking the pictures", () -> tasks.check(listing.items(), files));
      limit.require(Quarantine.of(listing.items(), found), listing.items().size());
      List<Checked> checked = withoutDuplicates(listing, found);
      Quarantine quarantine = Quarantine.of(listing.items(), checked);
      tell(quarantine, listing, paths);
      Assignment assignment =
          stages.run(
              "assign",
              "assigning the pictures to shards",
              () ->
                  Assignment.of(
                      listing.items(),
                      checked,
                      Provenance.valFraction(options, listing),
                      options.shardBytes(),
                      options.seed()));
      requireTraining(listing, assignment.train(), quarantine);
      if (listing.hasValidation() && assignment.train().cardinality() == good(checked)) {
        LOG.warn("no picture that the source holds out for val is usable: the dataset has no val");
      }

      Duplicates duplicates = duplicates(listing, checked, assignment);
      PixelSums sums =
          stages.run("statistics", "adding up the pixels", () -> tasks.sums(assignment.train()));
      out.beginShards(provenance, state);
      Interruption.continueWithout("--overwrite");
      List<Manifest.Shard> shards =
          stages.run(
              "write", "writing the shards", () -> tasks.write(assignment.shards(), paths.out()));
      boolean gray =
          assignment.train().stream().allMatch(item -> checked.get(item).channels() == 1);
      Manifest manifest =
          ManifestAssembly.of(
              listing, assignment.shards(), shards, PixelStatistics.of(sums, gray), provenance);
      out.write(OutputFolder.QUARANTINE, quarantine.text());
      out.write(OutputFolder.RUN, RunFacts.text(spark, paths, stages.seconds()));
      out.finish(manifest);
      return result(
          manifest,
          quarantine.reasons(),
          duplicates,
          tasks.checkedBefore(),
          listing.hidden(),
          paths.out());
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

  /** The result of a finished dataset; an error if other arguments or files made it. */
  private PrepareResult finished(OutputFolder out, JsonNode provenance, Listing listing)
      throws IOException {
    Manifest manifest = out.manifest();
    List<String> differences = Provenance.differences(provenance, manifest.provenance());
    if (!differences.isEmpty()) {
      throw UserException.usage(
          "--out "
              + out.path()
              + (" holds a dataset made with a different " + String.join(", ", differences))
              + ": name another folder, or replace it with --overwrite");
    }

    String others = Provenance.otherTools(provenance, manifest.provenance());
    if (!others.isEmpty()) {
      LOG.info("{} was made by {}: it is kept", out.path(), others);
    }

    out.requireWhole(manifest);
    Map<String, Long> reasons =
        Quarantine.count(OutputFolder.quarantine(spark.hadoopConfiguration(), out.path()));
    long bad = Quarantine.bad(reasons);
    if (!limit.allows(bad, listing.items().size())) {
      throw UserException.badData(
          "%s is finished and has %d files in %s, which %s doesn't allow"
              .formatted(out.path(), bad, OutputFolder.QUARANTINE, limit.option()));
    }

    out.tidy();
    LOG.info("{} is finished with these arguments: nothing changed", out.path());
    return result(manifest, reasons, null, 0, listing.hidden(), out.path());
  }

  private List<Checked> withoutDuplicates(Listing listing, List<Checked> found) {
    return options.duplicates() == DuplicateAction.quarantine
        ? Duplicates.reject(listing.items(), found, Provenance.valFraction(options, listing) > 0)
        : found;
  }

  private static void tell(Quarantine quarantine, Listing listing, PreparePaths paths) {
    if (quarantine.files() > 0) {
      LOG.warn(
          "{} of {} files rejected ({}), one line each in {}",
          quarantine.files(),
          listing.items().size(),
          quarantine.summary(),
          new Path(paths.out(), OutputFolder.QUARANTINE));
    }
  }

  private Duplicates duplicates(Listing listing, List<Checked> checked, Assignment assignment) {
    Duplicates duplicates =
        Duplicates.count(listing.items(), checked, item -> assignment.train().get(item));
    if (duplicates.none()) {
      return duplicates;
    }

    if (options.duplicates() == DuplicateAction.fail) {
      throw UserException.badData(
          "equal pictures: %s, the first is %s; --duplicates quarantine continues without them"
              .formatted(duplicates.summary(), duplicates.first()));
    }

    LOG.warn("equal pictures: {}, the first is {}", duplicates.summary(), duplicates.first());
    return duplicates;
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

  private static long good(List<Checked> checked) {
    return checked.stream().filter(Checked::good).count();
  }

  /** Takes null for {@code duplicates} if the dataset was finished before. */
  private PrepareResult result(
      Manifest manifest,
      Map<String, Long> rejected,
      Duplicates duplicates,
      long checkedBefore,
      long hidden,
      Path out) {
    return PrepareResult.of(
        out.toString(), manifest, rejected, duplicates, checkedBefore, hidden, stages.total());
  }
}
