package convoy.jobs.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.jobs.ExitCode;
import convoy.jobs.UserException;
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
 * The dataset's folder while it is made. A marker is written before the first shard and goes after
 * the manifest: a folder with marker and without manifest is ours to do anew.
 */
final class OutputFolder {
  static final String MARKER = "_prepare.json";
  static final String RUN = "_run.json";
  static final String QUARANTINE = "quarantine.jsonl";
  private static final Set<String> OWN =
      Set.of(MARKER, RUN, QUARANTINE, Manifests.NAME, "train", "val");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration configuration;
  private final FileSystem files;
  private final Path path;

  OutputFolder(Configuration configuration, Path path) throws IOException {
    this.configuration = configuration;
    this.files = path.getFileSystem(configuration);
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** What the folder holds before the job. */
  enum State {
    EMPTY,
    UNFINISHED,
    FINISHED,
    FOREIGN
  }

  State state() throws IOException {
    Set<String> names = names();
    if (names.isEmpty()) {
      return State.EMPTY;
    }

    if (names.contains(MARKER) && !hasManifest()) {
      return OWN.containsAll(names) ? State.UNFINISHED : State.FOREIGN;
    }

    return hasManifest() ? State.FINISHED : State.FOREIGN;
  }

  /** Whether a whole manifest is there. */
  private boolean hasManifest() throws IOException {
    try {
      return Manifests.read(configuration, path) != null;
    } catch (DatasetException none) {
      return false;
    }
  }

  /** Whether it is a dataset of ours whose manifest can't be read: not for others to mend. */
  boolean isDamaged() throws IOException {
    Set<String> names = names();
    return names.contains(Manifests.NAME) && OWN.containsAll(names);
  }

  /**
   * Text of a finished dataset's quarantine.
   *
   * @throws UserException with exit code 3 when it is gone
   */
  String quarantine() throws IOException {
    Path file = new Path(path, QUARANTINE);
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

  /** Starts: shards of an unfinished run with the same provenance stay and are written over. */
  void begin(JsonNode provenance, State state, boolean overwrite) throws IOException {
    Path marker = new Path(path, MARKER);
    if (overwrite || (state == State.UNFINISHED && !provenance.equals(read(marker)))) {
      clear();
    }

    HadoopFiles.writeText(
        configuration,
        marker,
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(provenance));
  }

  private JsonNode read(Path marker) throws IOException {
    try {
      return JSON.readTree(HadoopFiles.readText(configuration, marker));
    } catch (JsonProcessingException cut) {
      return JSON.nullNode();
    }
  }

  /** The manifest first: at no time does one stand beside less than its shards. */
  private void clear() throws IOException {
    files.delete(new Path(path, Manifests.NAME), false);
    try {
      for (FileStatus inside : files.listStatus(path)) {
        files.delete(inside.getPath(), true);
      }
    } catch (FileNotFoundException absent) {
      // Nothing to clear.
    }
  }

  void write(String name, String text) throws IOException {
    HadoopFiles.writeText(configuration, new Path(path, name), text);
  }

  /** Ends: leftovers of task attempts go, the manifest comes, then the marker goes. */
  void finish(Manifest manifest) throws IOException {
    for (String split : List.of("train", "val")) {
      removeTemporary(new Path(path, split));
    }

    Manifests.write(configuration, path, manifest);
    files.delete(new Path(path, MARKER), false);
  }

  private void removeTemporary(Path folder) throws IOException {
    if (!files.exists(folder)) {
      return;
    }

    for (FileStatus inside : files.listStatus(folder)) {
      String name = inside.getPath().getName();
      if (name.startsWith(".") && name.endsWith(".tmp")) {
        files.delete(inside.getPath(), false);
      }
    }
  }
}
