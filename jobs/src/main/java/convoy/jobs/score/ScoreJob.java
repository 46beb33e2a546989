package convoy.jobs.score;

import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.io.Places;
import convoy.jobs.predict.Classifier;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.TaskSlots;
import convoy.jobs.spark.internal.EachResult;
import convoy.jobs.terminal.Interruption;
import convoy.jobs.terminal.Phase;
import convoy.jobs.terminal.Progress;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores folders of pictures. It lists them, and scores each file that has no row yet. */
public final class ScoreJob {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreJob.class);

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final HadoopSettings hadoop;
  private final ScoreOptions options;
  private final Model model;
  private final ScoreFolder folder;
  private final ScoreArguments arguments;

  /**
   * The model to score with.
   *
   * @param fingerprint fingerprint of weights and description
   * @param precision precision that the model computes in
   * @param classes classes in the order of their labels
   */
  public record Model(
      String place,
      String fingerprint,
      String precision,
      List<ModelDescription.ClassName> classes,
      Classifier classifier) {}

  private ScoreJob(SparkSession session, ScoreOptions options, Model model) throws IOException {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = HadoopSettings.of(spark.hadoopConfiguration());
    this.options = options;
    this.model = model;
    this.folder = new ScoreFolder(hadoop.configuration(), options.out(), options.format());
    List<String> places = new ArrayList<>();
    for (String input : options.inputs()) {
      places.add(ScoreInputs.input(input, hadoop.configuration()).place());
    }

    String out = Places.of(folder.path());
    ScoreInputs.checkApart("--model", model.place(), "--out", out);
    places.forEach(place -> ScoreInputs.checkApart("--in", place, "--out", out));
    this.arguments =
        new ScoreArguments(
            model.fingerprint(), model.precision(), places, options.format(), options.topK());
  }

  /**
   * Scores every file that has no row yet. A finished folder stays as it is unless {@code resume}
   * is set.
   *
   * @throws UserException with exit code 2 if the folder holds anything else, with exit code 3 if
   *     the inputs are absent or hold no files
   */
  public static ScoreResult run(SparkSession session, ScoreOptions options, Model model)
      throws IOException {
    return new ScoreJob(session, options, model).run();
  }

  private ScoreResult run() throws IOException {
    ScoreFolder.Contents contents =
        options.overwrite() ? folder.contentsToReplace() : folder.contents();
    boolean finished = !options.overwrite() && contents.state() == OwnedFolder.State.FINISHED;
    if (!options.overwrite()) {
      requireOurs(contents);
    }

    if (finished && !options.resume()) {
      LOG.info("{} is finished; --resume scores files that were added since", folder.path());
      return ScoreResult.of(out(), contents.manifest(), 0, 0);
    }

    ScoreListing listing =
        Phase.during(
            "listing the files", () -> ScoreInputs.list(options.inputs(), hadoop.configuration()));
    if (listing.files().isEmpty() && isEmpty(contents) && options.resume()) {
      LOG.info("nothing to score in {} yet", String.join(" ", options.inputs()));
      return ScoreResult.nothing(out(), listing);
    }

    requireFiles(listing, contents);
    if (options.overwrite() && !isEmpty(contents)) {
      folder.clear();
      contents = folder.contents();
    }

    List<PartFile.Present> present = read(contents);
    List<InputFile> missing = missing(listing, present);
    if (finished && missing.isEmpty()) {
      return ScoreResult.of(out(), contents.manifest(), 0, 0);
    }

    return score(listing, contents.parts(), present, missing);
  }

  private ScoreResult score(
      ScoreListing listing,
      SortedMap<String, Long> seen,
      List<PartFile.Present> present,
      List<InputFile> missing)
      throws IOException {
    folder.begin(arguments);
    Interruption.continueWithout("--overwrite");
    // From here on no earlier run commits; one that was alive may have until now.
    if (!folder.contents().parts().equals(seen)) {
      throw new UserException(
          ExitCode.FAILURE,
          folder.path()
              + " got rows of another run while this one listed its files: run it again with --resume");
    }

    long start = System.nanoTime();
    List<PartSummary> parts = new ArrayList<>();
    present.forEach(part -> parts.add(part.summary()));
    Set<String> taken = new HashSet<>();
    parts.forEach(part -> taken.add(part.path()));
    int size = Chunk.size(missing.size(), TaskSlots.of(session.sparkContext()));
    List<Chunk> chunks = Chunk.cut(missing, size, folder.freeNumbers(taken));
    LOG.info(
        "files={} withRow={} chunks={}",
        listing.files().size(),
        listing.files().size() - missing.size(),
        chunks.size());
    boolean whole = false;
    try {
      parts.addAll(score(chunks, missing.size()));
      whole = true;
    } finally {
      if (!whole) {
        folder.abandon();
      }
    }

    ScoreManifest manifest =
        ScoreManifest.of(
            ConvoyVersion.current(), arguments, ScoreManifest.Skipped.of(listing), parts);
    folder.finish(manifest);
    return ScoreResult.of(out(), manifest, missing.size(), (System.nanoTime() - start) / 1e9);
  }

  /** Scores chunks, and makes each a part after its task has ended. */
  private List<PartSummary> score(List<Chunk> chunks, long files) {
    List<PartSummary> parts = new ArrayList<>();
    if (chunks.isEmpty()) {
      return parts;
    }

    ChunkScorer scorer =
        new ChunkScorer(
            model.classifier(),
            ClassNames.of(model.classes()),
            options.topK(),
            new PartFile(hadoop, options.format()),
            folder.temporary().toString());
    AtomicLong done = new AtomicLong();
    spark.setJobDescription("score " + out());
    try (Progress progress = Progress.of(LOG, "files scored", files)) {
      EachResult.run(
          spark,
          chunks,
          scorer::score,
          ChunkScorer.Scored.class,
          scored -> {
            commit(scored);
            parts.add(scored.summary());
            progress.update(done.addAndGet(scored.summary().rows()));
          });
    }

    return parts;
  }

  private void commit(ChunkScorer.Scored scored) {
    try {
      folder.commit(scored.file(), scored.part());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads which files have rows already, with one task for each part. */
  private List<PartFile.Present> read(ScoreFolder.Contents contents) {
    List<String> files = new ArrayList<>();
    contents.parts().keySet().forEach(name -> files.add(new Path(folder.path(), name).toString()));
    PartFile parts = new PartFile(hadoop, options.format());
    return files.isEmpty()
        ? List.of()
        : spark.parallelize(files, files.size()).map(parts::read).collect();
  }

  private List<InputFile> missing(ScoreListing listing, List<PartFile.Present> present) {
    Set<String> rows = new HashSet<>();
    for (PartFile.Present part : present) {
      for (String path : part.paths()) {
        if (!rows.add(path)) {
          throw UserException.badData(
              "%s has two rows for '%s', one of them in %s; score again with --overwrite"
                  .formatted(out(), path, part.summary().path()));
        }
      }
    }

    return listing.files().stream().filter(file -> !rows.contains(file.path())).toList();
  }

  private static boolean isEmpty(ScoreFolder.Contents contents) {
    return contents.state() == OwnedFolder.State.EMPTY;
  }

  private void requireOurs(ScoreFolder.Contents contents) {
    if (contents.state() == OwnedFolder.State.FOREIGN) {
      List<String> names = new ArrayList<>(contents.foreign());
      names.addAll(contents.parts().keySet());
      throw UserException.usage(
          "--out %s holds other files (%s); name another folder, or empty it with --overwrite"
              .formatted(out(), String.join(", ", names.subList(0, Math.min(3, names.size())))));
    }

    ScoreArguments before = contents.arguments();
    if (before != null && !before.equals(arguments)) {
      throw UserException.usage(
          "--out %s holds rows of different arguments (this run has %s, the rows %s); name another folder, or score again with --overwrite"
              .formatted(
                  out(),
                  String.join(", ", arguments.differences(before)),
                  String.join(", ", before.differences(arguments))));
    }
  }

  private void requireFiles(ScoreListing listing, ScoreFolder.Contents contents) {
    if (listing.files().isEmpty() && contents.parts().isEmpty()) {
      throw UserException.badData(
          "nothing to score in %s (%d hidden files and %d hidden folders were skipped)"
              .formatted(
                  String.join(" ", options.inputs()),
                  listing.hiddenFiles(),
                  listing.hiddenFolders()));
    }
  }

  private String out() {
    return folder.path().toString();
  }
}
