package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.dataset.NewerDatasetException;
import convoy.data.files.AtomicFiles;
import convoy.data.files.Storage;
import convoy.data.source.Item;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.FolderPolicy;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.io.OwnedFolder.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a dataset while it is being made. Results of the check and finished shards stay for
 * the next run with the same arguments.
 */
final class OutputFolder {
  static final String RUN = "_run.json";
  static final String QUARANTINE = "quarantine.jsonl";
  static final List<String> SPLITS = List.of(Item.TRAIN, Item.VALIDATION);
  private static final String MARKER = "_prepare.json";
  private static final Set<String> OURS =
      Set.of(
          MARKER,
          CheckedFiles.FOLDER,
          RUN,
          QUARANTINE,
          Manifests.NAME,
          Item.TRAIN,
          Item.VALIDATION);
  private static final FolderPolicy POLICY =
      new FolderPolicy(
          "prepare",
          MARKER,
          OwnedFolder.OWNER,
          Manifests.NAME,
          FolderPolicy.RUN_AGAIN,
          inside -> OURS.contains(inside.getPath().getName()));

  private final Configuration configuration;
  private final FileSystem files;
  private final Path path;
  private final OwnedFolder folder;

  OutputFolder(Configuration configuration, Path path) throws IOException {
    this.configuration = configuration;
    this.files = Storage.of(configuration, path);
    this.path = path;
    this.folder = new OwnedFolder(configuration, path, POLICY);
  }

  Path path() {
    return path;
  }

  State state() throws IOException {
    OwnedFolder.Contents contents = folder.contents();
    try {
      manifest();
      return contents.state(true, false);
    } catch (NewerDatasetException newer) {
      return contents.state(false, false);
    } catch (DatasetException | ChecksumException none) {
      return contents.state(false, contents.has(MARKER));
    }
  }

  /** The error that says why a foreign folder is left as it is. */
  UserException refusal() throws IOException {
    OwnedFolder.Contents contents = folder.contents();
    try {
      manifest();
    } catch (NewerDatasetException newer) {
      return UserException.badData(newer.getMessage() + " with --overwrite");
    } catch (DatasetException | ChecksumException damaged) {
      if (contents.has(Manifests.NAME) && contents.foreign().isEmpty()) {
        return UserException.badData(
            "the manifest of %s is damaged: --overwrite prepares the dataset again"
                .formatted(path));
      }
    }

    return UserException.usage(
        "--out %s holds other files: name another folder, or replace it with --overwrite"
            .formatted(path));
  }

  /**
   * Reads quarantine.jsonl of a finished dataset.
   *
   * @throws UserException with exit code 3 if it is missing or damaged
   */
  static String quarantine(Configuration configuration, Path dataset) throws IOException {
    Path file = new Path(dataset, QUARANTINE);
    try {
      return HadoopFiles.readText(configuration, file);
    } catch (FileNotFoundException | ChecksumException absent) {
      throw new UserException(
          ExitCode.BAD_DATA,
          file + " is missing or damaged: --overwrite prepares the dataset again",
          absent);
    }
  }

  Manifest manifest() throws IOException {
    return Manifests.read(configuration, path);
  }

  /**
   * Makes sure that every shard of a finished dataset is there and has its size.
   *
   * @throws UserException naming the first shard that is missing or has a different size
   */
  void requireWhole(Manifest manifest) throws IOException {
    for (Manifest.Split split : manifest.splits().values()) {
      for (Manifest.Shard shard : split.files()) {
        Path file = new Path(path, shard.path());
        if (!files.exists(file) || files.getFileStatus(file).getLen() != shard.bytes()) {
          throw UserException.badData(
              file + " is missing or cut since it was prepared: --overwrite makes it again");
        }
      }
    }
  }

  /**
   * Takes a free folder before the check. Files of an unfinished run with the same provenance stay,
   * unless {@code overwrite} is set.
   */
  void begin(JsonNode provenance, State state, boolean overwrite) throws IOException {
    boolean fromStart = overwrite || !folder.contents().marker().equals(provenance);
    if (fromStart) {
      files.delete(new Path(path, CheckedFiles.FOLDER), true);
    }

    // A folder without visible files may hold somebody's hidden ones: nothing is cleared there.
    if (state == State.UNFINISHED && fromStart) {
      replace(provenance);
    } else if (state.isFree()) {
      folder.take(provenance);
      deleteTemporary();
    }
  }

  /**
   * Deletes half-written files, which are as large as shards. A run that still writes them has lost
   * the folder.
   */
  private void deleteTemporary() throws IOException {
    for (String inside : List.of(CheckedFiles.FOLDER, Item.TRAIN, Item.VALIDATION)) {
      AtomicFiles.deleteTemporary(files, new Path(path, inside));
    }
  }

  /** Clears the folder after the check: a failed check thus keeps what --overwrite replaces. */
  void beginShards(JsonNode provenance, State state) throws IOException {
    if (!state.isFree()) {
      replace(provenance);
    }
  }

  private void replace(JsonNode provenance) throws IOException {
    folder.replace(provenance, CheckedFiles.FOLDER::equals);
  }

  /**
   * Replaces a file beside the shards.
   *
   * @throws UserException with exit code 1 if another run has taken the folder
   */
  void write(String name, String text) throws IOException {
    folder.write(name, text);
  }

  /**
   * Finishes the dataset: deletes files that the manifest doesn't name, writes the manifest, then
   * deletes the files that only an unfinished run needs.
   *
   * @throws UserException with exit code 1 if another run has taken the folder
   */
  void finish(Manifest manifest) throws IOException {
    folder.finish(
        () -> {
          for (String split : SPLITS) {
            removeOthers(split, manifest);
          }

          Manifests.write(configuration, path, manifest);
          files.delete(new Path(path, CheckedFiles.FOLDER), true);
        });
  }

  /** Deletes the files left by a run that was killed right after it wrote the manifest. */
  void tidy() throws IOException {
    files.delete(new Path(path, CheckedFiles.FOLDER), true);
    folder.deleteMarker();
  }

  /**
   * Ends a run that failed.
   *
   * @param forget whether the next run must check all items again
   * @throws UserException with exit code 1 if another run has taken the folder, which is why this
   *     one failed
   */
  void abandon(boolean forget) throws IOException {
    if (folder.isOthers()) {
      throw POLICY.takenOver(path);
    }

    deleteTemporary();
    if (forget) {
      files.delete(new Path(path, CheckedFiles.FOLDER), true);
    }

    folder.abandon();
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
