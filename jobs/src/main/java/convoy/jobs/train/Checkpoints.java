package convoy.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.exchange.FirstState;
import convoy.jobs.exchange.Slices;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.format.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run. A checkpoint holds model, optimizer state and position. It counts only
 * if its {@link CheckpointManifest} fits its files.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";
  private static final List<String> FILES =
      List.of(ModelFolder.DESCRIPTION, OPTIMIZER, STATE, ModelFolder.WEIGHTS);

  private final RunFolder folder;
  private final NetworkShape shape;
  private final int keep;

  Checkpoints(RunFolder folder, NetworkShape shape, int keep) {
    this.folder = folder;
    this.shape = shape;
    this.keep = keep;
  }

  /** Writes a checkpoint and removes the oldest ones beyond the number to keep. */
  void write(CheckpointState state, Slices training, ModelDescription model) throws IOException {
    Path path = folder.checkpoint(state.position().rounds());
    remove(List.of(path));
    writeModel(path, training, model);
    HadoopFiles.write(
        folder.configuration(),
        new Path(path, OPTIMIZER),
        out ->
            Safetensors.writeState(
                out,
                shape.parameters(),
                shape.state().besidesParameters(),
                StateVector.besidesParameters(training)));
    HadoopFiles.writeText(
        folder.configuration(), new Path(path, STATE), JSON.writeValueAsString(state) + "\n");
    manifest(path).write(FILES);
    List<Path> all = all();
    remove(all.subList(0, Math.max(0, all.size() - keep)));
  }

  /** Writes a model, which has no optimizer state. */
  void writeModel(Path path, Slices training, ModelDescription model) throws IOException {
    ModelFolder.write(
        folder.configuration(), path, model, shape.parameters(), StateVector.parameters(training));
  }

  /**
   * Reads the newest whole checkpoint. What is newer is removed: the run writes it again.
   *
   * @param into receives the vectors
   * @return null if no checkpoint was finished
   * @throws UserException with exit code 3 if there are finished checkpoints and all are damaged
   */
  CheckpointState newest(FirstState into) throws IOException {
    List<Path> notWhole = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    List<Path> all = all();
    for (int i = all.size() - 1; i >= 0; i--) {
      Path path = all.get(i);
      if (!manifest(path).exists()) { // The process ended while it wrote this checkpoint.
        LOG.info("checkpoint {} was not finished", path);
        notWhole.add(path);
        continue;
      }

      String problem = manifest(path).problem(FILES);
      if (problem == null) {
        CheckpointState loaded = load(path, into);
        for (String damage : problems) {
          LOG.warn("checkpoint {}: the run continues from {}", damage, path.getName());
        }

        remove(notWhole);
        return loaded;
      }

      notWhole.add(path);
      problems.add(path.getName() + ": " + problem);
    }

    if (!problems.isEmpty()) {
      throw UserException.badData(
          "no checkpoint of %s is whole (%s): put one back, or train from the start with --restart"
              .formatted(folder.path(), String.join("; ", problems)));
    }

    remove(notWhole);
    return null;
  }

  private void remove(List<Path> checkpoints) throws IOException {
    for (Path checkpoint : checkpoints) {
      manifest(checkpoint).delete(); // What an interrupted deletion leaves is not a checkpoint.
      HadoopFiles.delete(folder.configuration(), checkpoint);
    }
  }

  private CheckpointManifest manifest(Path checkpoint) {
    return new CheckpointManifest(folder.configuration(), checkpoint);
  }

  private CheckpointState load(Path path, FirstState into) throws IOException {
    Path file = new Path(path, STATE);
    JsonNode json = JSON.readTree(HadoopFiles.readText(folder.configuration(), file));
    int version = json.path("formatVersion").asInt();
    if (version > CheckpointState.FORMAT_VERSION) {
      throw CheckpointManifest.newer(file, version, CheckpointState.FORMAT_VERSION);
    }

    FileSystem files = Storage.of(folder.configuration(), path);
    try (InputStream weights = files.open(new Path(path, ModelFolder.WEIGHTS));
        InputStream optimizer = files.open(new Path(path, OPTIMIZER))) {
      Safetensors.read(weights, shape.parameters(), into.parameters());
      Safetensors.readState(
          optimizer,
          shape.parameters(),
          shape.state().besidesParameters(),
          into.besidesParameters());
    }

    return JSON.treeToValue(json, CheckpointState.class);
  }

  /** Lists all checkpoints in the order of their rounds. */
  private List<Path> all() throws IOException {
    FileSystem files = Storage.of(folder.configuration(), folder.path());
    List<Path> found = new ArrayList<>();
    if (files.exists(folder.checkpoints())) {
      for (FileStatus status : files.listStatus(folder.checkpoints())) {
        if (status.getPath().getName().startsWith("round-")) {
          found.add(status.getPath());
        }
      }
    }

    found.sort(Comparator.comparing(Path::getName));
    return found;
  }
}
