package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Sha256;
import convoy.jobs.base.UserException;
import convoy.jobs.io.FolderPolicy;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.OwnedFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The layout of a run's folder. No other class knows its file names. */
record RunFolder(Configuration configuration, Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RECIPE = "recipe.yaml";
  private static final String STATUS = "status.json";
  private static final String HASH = "# sha256 ";

  /** The file status.json names the owner of the run, and says at the end that it is done. */
  static final FolderPolicy POLICY =
      new FolderPolicy(
          "train",
          STATUS,
          "/owner/attempt",
          STATUS,
          "continue with --resume when the other one has ended",
          any -> true);

  Path recipe() {
    return new Path(path, RECIPE);
  }

  /** Writes the effective recipe, with its hash in a comment before it. */
  void writeRecipe(String yaml) throws IOException {
    HadoopFiles.writeText(configuration, recipe(), HASH + Sha256.of(yaml) + "\n" + yaml);
  }

  /**
   * Reads the effective recipe.
   *
   * @throws UserException with exit code 3 if its hash is another one; an older Convoy wrote none
   */
  String readRecipe() throws IOException {
    String text = HadoopFiles.readText(configuration, recipe());
    int end = text.indexOf('\n') + 1;
    if (!text.startsWith(HASH)) {
      return text;
    }

    if (!text.substring(0, end).strip().equals(HASH + Sha256.of(text.substring(end)))) {
      throw UserException.badData("its hash doesn't match: it was cut, damaged or edited");
    }

    return text.substring(end);
  }

  /** The file that describes the model the run started from. */
  Path initialModel() {
    return new Path(path, "init.json");
  }

  Path status() {
    return new Path(path, STATUS);
  }

  Path metrics() {
    return new Path(path, "metrics.jsonl");
  }

  /** Where metrics go that can't be read. */
  Path damagedMetrics() {
    return new Path(path, "metrics-damaged.jsonl");
  }

  /** The file that names the dataset. */
  Path dataset() {
    return new Path(path, "dataset.json");
  }

  Path checkpoints() {
    return new Path(path, "checkpoints");
  }

  Path checkpoint(int rounds) {
    return new Path(checkpoints(), String.format(Locale.ROOT, "round-%08d", rounds));
  }

  /** The folder of the model of the last round. */
  Path model() {
    return new Path(path, "model");
  }

  /** The folder of the model with the best top-1 on the validation split. */
  Path best() {
    return new Path(path, "best");
  }

  /**
   * Deletes what a run has written except its status, which names the owner. Checkpoints go first
   * and the recipe last, so that no later start takes an old checkpoint for one of a new recipe.
   * Files of others stay.
   */
  void clear() throws IOException {
    for (Path part :
        List.of(
            checkpoints(),
            best(),
            model(),
            metrics(),
            damagedMetrics(),
            dataset(),
            initialModel(),
            recipe())) {
      HadoopFiles.delete(configuration, part);
    }
  }

  /** The folder, seen by a process that may become its owner. */
  OwnedFolder owned() throws IOException {
    return new OwnedFolder(configuration, path, POLICY);
  }

  /** The state of the folder. It belongs to a run as soon as it has a status or a recipe. */
  OwnedFolder.State state() throws IOException {
    OwnedFolder.Contents contents = owned().contents();
    return contents.state(false, contents.has(STATUS) || contents.has(RECIPE));
  }

  boolean hasStatus() throws IOException {
    return HadoopFiles.exists(configuration, status());
  }

  UserException notBegun() {
    return UserException.usage("no run has begun in " + path + ": give --recipe and --data");
  }

  /** The status, or null if it is absent or damaged. */
  RunStatus readStatus() throws IOException {
    RunStatus status = null;
    try {
      status = JSON.readValue(HadoopFiles.readText(configuration, status()), RunStatus.class);
    } catch (FileNotFoundException absent) {
      return null;
    } catch (JsonProcessingException | ChecksumException damaged) {
      LOG.debug("{} is damaged", status(), damaged);
    }

    if (status == null || status.state() == null || status.owner() == null) {
      LOG.debug("{} is damaged", status());
      return null;
    }

    return status;
  }

  /** The content of the file that {@link #readStatus} reads. */
  static String text(RunStatus status) throws JsonProcessingException {
    return JSON.writeValueAsString(status) + "\n";
  }
}
