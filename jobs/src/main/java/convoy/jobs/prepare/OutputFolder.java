package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.dataset.NewerDatasetException;
import convoy.data.source.Item;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The dataset's folder while it is made. A marker is the first file and goes after the manifest: a
 * folder with marker and without manifest is ours to do anew.
 */
final class OutputFolder {
  static final String RUN = "_run.json";
  static final String QUARANTINE = "quarantine.jsonl";
  static final List<String> SPLITS = List.of(Item.TRAIN, Item.VALIDATION);
  private static final Set<String> OWN =
      Set.of(
          OutputMarker.NAME,
          CheckedFiles.FOLDER,
          RUN,
          QUARANTINE,
          Manifests.NAME,
          Item.TRAIN,
          Item.VALIDATION);

  private final Configuration configuration;
  private final FileSystem files;
  private final Path path;
  private final OutputMarker marker;
  private boolean made;

  /**
   * @param run unlike that of any other run
   */
  OutputFolder(Configuration configuration, Path path, String run) throws IOException {
    this.configuration = configuration;
    this.files = path.getFileSystem(configuration);
    this.path = path;
    this.marker = new OutputMarker(configuration, path, run);
  }

  Path path() {
    return path;
  }

  /** What the folder holds before the job. */
  enum State {
    EMPTY,
    UNFINISHED,
    FINISHED,
    FOREIGN;

    /** Whether it may be filled without asking. */
    boolean isFree() {
      return this == EMPTY || this == UNFINISHED;
    }
  }

  State state() throws IOException {
    Set<String> names = names();
    if (names.isEmpty()) {
      return State.EMPTY;
    }

    try {
      manifest();
      return State.FINISHED;
    } catch (NewerDatasetException newer) {
      return State.FOREIGN;
    } catch (DatasetException | ChecksumException none) {
      return names.contains(OutputMarker.NAME) && OWN.containsAll(names)
          ? State.UNFINISHED
          : State.FOREIGN;
    }
  }

  /** Why a foreign folder is left as it is. */
  UserException refusal() throws IOException {
    Set<String> names = names();
    try {
      manifest();
    } catch (NewerDatasetException newer) {
      return UserException.badData(newer.getMessage() + " with --overwrite");
    } catch (DatasetException | ChecksumException damaged) {
      if (names.contains(Manifests.NAME) && OWN.containsAll(names)) {
        return UserException.badData(
            "the manifest of %s is damaged: --overwrite prepares the dataset anew".formatted(path));
      }
    }

    return UserException.usage(
        "--out %s holds other files: name another folder, or replace it with --overwrite"
            .formatted(path));
  }

  /**
   * Text of a finished dataset's quarantine.
   *
   * @throws UserException with exit code 3 when it is gone
   */
  static String quarantine(Configuration configuration, Path dataset) throws IOException {
    Path file = new Path(dataset, QUARANTINE);
    try {
      return HadoopFiles.readText(configuration, file);
    } catch (FileNotFoundException | ChecksumException absent) {
      throw new UserException(
          ExitCode.BAD_DATA,
          file + " is missing or damaged: --overwrite prepares the dataset anew",
          absent);
    }
  }

  /** Visible names; what begins with a dot counts for nothing. */
  private Set<String> names() throws IOException {
    try {
      FileStatus status = files.getFileStatus(path);
      if (!status.isDirectory()) {
        throw UserException.usage("--out " + path + " is a file: name a folder");
      }

      return Arrays.stream(files.listStatus(path))
          .map(inside -> inside.getPath().getName())
          .filter(name -> !name.startsWith("."))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (FileNotFoundException absent) {
      return Set.of();
    }
  }

  Manifest manifest() throws IOException {
    return Manifests.read(configuration, path);
  }

  /**
   * Whether every shard of a finished dataset is there in its size.
   *
   * @throws UserException naming the first that isn't
   */
  void requireWhole(Manifest manifest) throws IOException {
    for (Manifest.Split split : manifest.splits().values()) {
      for (Manifest.Shard shard : split.files()) {
        Path file = new Path(path, shard.path());
        if (!files.exists(file) || files.getFileStatus(file).getLen() != shard.bytes()) {
          throw UserException.badData(
              file + " is missing or cut since it was prepared: --overwrite makes it anew");
        }
      }
    }
  }

  /**
   * Before the check: a free folder is taken. What an unfinished run with the same provenance left
   * stays, unless all is to be done anew.
   */
  void begin(JsonNode provenance, State state, boolean overwrite) throws IOException {
    boolean anew = overwrite || !marker.isOf(provenance);
    if (anew) {
      files.delete(new Path(path, CheckedFiles.FOLDER), true);
    }

    made = !files.exists(path);
    if (state.isFree()) {
      take(provenance, anew);
    }
  }

  /** After the check: what --overwrite replaces stays until there is something to replace it. */
  void beginShards(JsonNode provenance, State state) throws IOException {
    if (!state.isFree()) {
      take(provenance, true);
    }
  }

  /** The marker comes before anything goes: a folder that is half cleared is still ours. */
  private void take(JsonNode provenance, boolean clear) throws IOException {
    marker.write(provenance);
    if (clear) {
      clear();
    }
  }

  /** The manifest first: at no time does one stand beside less than its shards. */
  private void clear() throws IOException {
    files.delete(new Path(path, Manifests.NAME), false);
    for (FileStatus inside : files.listStatus(path)) {
      String name = inside.getPath().getName();
      if (!name.equals(OutputMarker.NAME) && !name.equals(CheckedFiles.FOLDER)) {
        files.delete(inside.getPath(), true);
      }
    }
  }

  /**
   * Replaces a file beside the shards.
   *
   * @throws UserException with exit code 1 when another run has taken the folder
   */
  void write(String name, String text) throws IOException {
    marker.requireOwn();
    HadoopFiles.writeText(configuration, new Path(path, name), text);
  }

  /**
   * Ends: what isn't the manifest's goes, the manifest comes, then what only an unfinished run
   * needs goes.
   *
   * @throws UserException with exit code 1 when another run has taken the folder
   */
  void finish(Manifest manifest) throws IOException {
    marker.requireOwn();
    for (String split : SPLITS) {
      removeOthers(split, manifest);
    }

    Manifests.write(configuration, path, manifest);
    tidy();
  }

  /** A run that was killed right after its manifest may have left this. */
  void tidy() throws IOException {
    files.delete(new Path(path, CheckedFiles.FOLDER), true);
    marker.delete();
  }

  /**
   * The job ends with an error: a folder with nothing to go on from goes.
   *
   * @param forget whether the next run is to check everything, as a first one
   */
  void abandon(boolean forget) throws IOException {
    if (!marker.isOwn() && files.exists(new Path(path, OutputMarker.NAME))) {
      return; // Another run's by now.
    }

    if (forget) {
      files.delete(new Path(path, CheckedFiles.FOLDER), true);
    }

    if (names().equals(Set.of(OutputMarker.NAME))) {
      marker.delete();
      if (made && files.listStatus(path).length == 0) {
        files.delete(path, false);
      }
    }
  }

  private void removeOthers(String split, Manifest manifest) throws IOException {
    Path folder = new Path(path, split);
    if (!files.exists(folder)) {
      return;
    }

    Manifest.Split written = manifest.splits().get(split);
    if (written == null) {
      files.delete(folder, true);
      return;
    }

    Set<String> named =
        written.files().stream().map(Manifest.Shard::path).collect(Collectors.toSet());
    for (FileStatus inside : files.listStatus(folder)) {
      if (!named.contains(split + "/" + inside.getPath().getName())) {
        files.delete(inside.getPath(), true);
      }
    }
  }
}
