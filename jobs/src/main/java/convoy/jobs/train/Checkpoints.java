package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Sha256;
import convoy.jobs.base.UserException;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.format.Safetensors;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run. A checkpoint holds model, optimizer state and position; a manifest with
 * sizes and hashes is written last. A checkpoint counts only if its manifest fits its files.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";
  private static final String MANIFEST = "manifest.json";

  private final RunFolder folder;
  private final NetworkShape shape;
  private final int keep;

  Checkpoints(RunFolder folder, NetworkShape shape, int keep) {
    this.folder = folder;
    this.shape = shape;
    this.keep = keep;
  }

  /** A whole checkpoint that was read. */
  record Loaded(CheckpointState state, TrainingState training) {}

  /** Writes a checkpoint and removes the oldest ones beyond the number to keep. */
  void write(CheckpointState state, TrainingState training, ModelDescription model)
      throws IOException {
    Path path = folder.checkpoint(state.position().rounds());
    HadoopFiles.delete(folder.configuration(), path);
    writeModel(path, training, model);
    HadoopFiles.write(
        folder.configuration(),
        new Path(path, OPTIMIZER),
        out ->
            Safetensors.writeState(
                out,
                shape.layout(),
                shape.plan().besidesParameters(),
                StateVector.besidesParameters(training)));
    HadoopFiles.writeText(
        folder.configuration(), new Path(path, STATE), JSON.writeValueAsString(state) + "\n");
    HadoopFiles.writeText(
        folder.configuration(), new Path(path, MANIFEST), manifest(path).toPrettyString() + "\n");
    List<Path> all = all();
    for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
      HadoopFiles.delete(folder.configuration(), old);
    }
  }

  /** Writes a model, which has no optimizer state. */
  void writeModel(Path path, TrainingState training, ModelDescription model) throws IOException {
    ModelFolder.write(
        folder.configuration(), path, model, shape.layout(), StateVector.parameters(training));
  }

  /** Reads the newest whole checkpoint, or returns null. Damaged newer ones are removed. */
  Loaded newest() throws IOException {
    List<Path> all = all();
    for (int i = all.size() - 1; i >= 0; i--) {
      refuseNewer(new Path(all.get(i), MANIFEST));
      String problem = problem(all.get(i));
      if (problem == null) {
        return load(all.get(i));
      }

      LOG.warn("checkpoint {} is not whole ({}) and was removed", all.get(i), problem);
      HadoopFiles.delete(folder.configuration(), all.get(i));
    }

    return null;
  }

  private Loaded load(Path path) throws IOException {
    refuseNewer(new Path(path, STATE));
    JsonNode json = read(new Path(path, STATE));
    TrainingState training = TrainingState.zeros(shape.plan());
    FileSystem files = path.getFileSystem(folder.configuration());
    try (InputStream weights = files.open(new Path(path, ModelFolder.WEIGHTS));
        InputStream optimizer = files.open(new Path(path, OPTIMIZER))) {
      Safetensors.read(weights, shape.layout(), StateVector.parameters(training));
      Safetensors.readState(
          optimizer,
          shape.layout(),
          shape.plan().besidesParameters(),
          StateVector.besidesParameters(training));
    }

    return new Loaded(JSON.treeToValue(json, CheckpointState.class), training);
  }

  /** Throws an error for a newer format: this Convoy can't check it, so it must not be removed. */
  private void refuseNewer(Path file) throws IOException {
    int version = read(file).path("formatVersion").asInt();
    if (version > CheckpointState.FORMAT_VERSION) {
      throw UserException.badData(
          "%s has formatVersion %d, this Convoy reads up to %d: use a newer Convoy"
              .formatted(file, version, CheckpointState.FORMAT_VERSION));
    }
  }

  /** Reads a file's JSON; a missing node if the file is absent or damaged. */
  private JsonNode read(Path file) throws IOException {
    try {
      return JSON.readTree(HadoopFiles.readText(folder.configuration(), file));
    } catch (FileNotFoundException | JsonProcessingException nothing) {
      return MissingNode.getInstance();
    }
  }

  /** Lists all checkpoints in the order of their rounds. */
  private List<Path> all() throws IOException {
    FileSystem files = folder.path().getFileSystem(folder.configuration());
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

  private ObjectNode manifest(Path path) throws IOException {
    ObjectNode manifest = JSON.createObjectNode().put("formatVersion", 1);
    ObjectNode entries = manifest.putObject("files");
    for (String name : List.of(ModelFolder.DESCRIPTION, OPTIMIZER, STATE, ModelFolder.WEIGHTS)) {
      Path file = new Path(path, name);
      FileSystem files = file.getFileSystem(folder.configuration());
      entries
          .putObject(name)
          .put("bytes", files.getFileStatus(file).getLen())
          .put("sha256", Sha256.of(files, file));
    }

    return manifest;
  }

  /** Says what is wrong with a checkpoint, or returns null. */
  private String problem(Path path) throws IOException {
    if (!HadoopFiles.exists(folder.configuration(), new Path(path, MANIFEST))) {
      return "no " + MANIFEST;
    }

    try {
      return read(new Path(path, MANIFEST)).equals(JSON.readTree(manifest(path).toString()))
          ? null
          : "sizes or hashes differ from " + MANIFEST;
    } catch (FileNotFoundException | ChecksumException damaged) {
      return damaged.getMessage();
    }
  }
}
