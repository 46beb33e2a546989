package convoy.jobs.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder that one run of a command fills. If the run is killed at any moment, the next run can
 * recognize the state of the folder:
 *
 * <ol>
 *   <li>The marker is the first file that a run writes, before it deletes anything. It names the
 *       run, and the run that wrote it last owns the folder. Any other run stops at its next step.
 *   <li>The last file makes the folder finished. When a finished folder is cleared, this file is
 *       deleted first, so it never promises files that are gone.
 *   <li>The marker is deleted after the last file is written, unless both are one file.
 *   <li>Every file is written under a hidden name and put in place by one rename. Names that begin
 *       with a dot are therefore ignored, except the marker's.
 * </ol>
 *
 * <p>A command decides by its {@link FolderPolicy} and code which files it writes, and which
 * contents it accepts as finished or begun.
 */
public final class OwnedFolder {
  /** Field of a marker that names the run. */
  private static final String RUN = "run";

  /** The {@link FolderPolicy#owner} of markers that {@link #take} writes. */
  public static final String OWNER = "/" + RUN;

  private static final long OLD_MILLIS = 600_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration configuration;
  private final FileSystem files;
  private final Path path;
  private final FolderPolicy policy;
  private final Path marker;
  private final String run = UUID.randomUUID().toString();
  private boolean made;

  public OwnedFolder(Configuration configuration, Path path, FolderPolicy policy)
      throws IOException {
    this.configuration = configuration;
    this.files = Storage.of(configuration, path);
    this.path = path;
    this.policy = policy;
    this.marker = new Path(path, policy.marker());
  }

  /** What a folder is to the command that is about to fill it. */
  public enum State {
    /** The folder is absent or empty. */
    EMPTY,
    /** A run of the command began it, and it may be completed. */
    UNFINISHED,
    /** Nothing is left to do. */
    FINISHED,
    /** It holds anything else. */
    FOREIGN;

    /** Whether a command may fill the folder without {@code --overwrite}. */
    public boolean isFree() {
      return this == EMPTY || this == UNFINISHED;
    }
  }

  /**
   * The content of the folder.
   *
   * @param marker content of the marker without the run's name; a missing node if it is absent or
   *     damaged
   * @param visible files and folders whose names don't begin with a dot, by name
   * @param foreign visible names that don't belong to the command
   */
  public record Contents(
      JsonNode marker, SortedMap<String, FileStatus> visible, List<String> foreign) {
    public boolean has(String name) {
      return visible.containsKey(name);
    }

    /**
     * The state of the folder.
     *
     * @param finished whether the command accepts the last file and what it promises
     * @param begun whether the command can continue an unfinished run
     */
    public State state(boolean finished, boolean begun) {
      if (visible.isEmpty() && marker.isEmpty()) {
        return State.EMPTY;
      }

      if (finished) {
        return State.FINISHED;
      }

      return begun && foreign.isEmpty() ? State.UNFINISHED : State.FOREIGN;
    }
  }

  public Path path() {
    return path;
  }

  /** The unique name of this run. */
  public String run() {
    return run;
  }

  /**
   * Reads the content of the folder.
   *
   * @throws UserException with exit code 2 if the folder is a file
   */
  public Contents contents() throws IOException {
    SortedMap<String, FileStatus> visible = new TreeMap<>();
    for (FileStatus inside : list()) {
      if (!inside.getPath().getName().startsWith(".")) {
        visible.put(inside.getPath().getName(), inside);
      }
    }

    List<String> foreign =
        visible.values().stream()
            .filter(policy.ours().negate())
            .map(inside -> inside.getPath().getName())
            .toList();
    JsonNode content = readMarker();
    if (content instanceof ObjectNode fields) {
      fields.remove(RUN);
    }

    return new Contents(content, visible, foreign);
  }

  /** Whether this run wrote the marker. */
  public boolean isOwn() throws IOException {
    return readMarker().at(policy.owner()).asText().equals(run);
  }

  /**
   * Makes sure that no other run has taken the folder. It is called before every file that lasts.
   *
   * @throws UserException with exit code 1 if another run has taken it
   */
  public void requireOwn() throws IOException {
    if (!isOwn()) {
      throw policy.takenOver(path);
    }
  }

  /** Whether another run wrote the marker. */
  public boolean isOthers() throws IOException {
    return files.exists(marker) && !isOwn();
  }

  /** Writes the marker. From then on this run owns the folder. */
  public void take(JsonNode content) throws IOException {
    ObjectNode named = content.deepCopy();
    take(JSON.writeValueAsString(named.put(RUN, run)) + "\n");
  }

  /** Writes a marker that names this run as its {@link FolderPolicy#owner}. */
  public void take(String text) throws IOException {
    made |= !files.exists(path);
    deleteOldMarkers();
    writeMarker(text);
  }

  /**
   * Replaces the marker of a folder that this run owns. Two runs that start at the same moment
   * write different temporary files.
   */
  public void writeMarker(String text) throws IOException {
    HadoopFiles.write(
        configuration, marker, run, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Deletes what killed runs left of their markers. A living one needs its file for an instant. */
  private void deleteOldMarkers() throws IOException {
    for (FileStatus inside : list()) {
      String name = inside.getPath().getName();
      if (name.startsWith("." + marker.getName() + ".")
          && name.endsWith(".tmp")
          && System.currentTimeMillis() - inside.getModificationTime() > OLD_MILLIS) {
        files.delete(inside.getPath(), false);
      }
    }
  }

  /**
   * Takes the folder and deletes its content.
   *
   * @param content content of the marker while the folder is cleared; with an empty one, files of
   *     other arguments are never completed after an interruption
   * @param stays true for names that aren't deleted; the marker isn't deleted either
   */
  public void replace(JsonNode content, Predicate<String> stays) throws IOException {
    take(content);
    if (!policy.last().equals(policy.marker())) {
      delete(new Path(path, policy.last()));
    }

    for (FileStatus inside : list()) {
      String name = inside.getPath().getName();
      if (!name.equals(policy.marker()) && !stays.test(name)) {
        delete(inside.getPath());
      }
    }
  }

  /** Some file systems only answer false where permissions forbid it. */
  private void delete(Path inside) throws IOException {
    if (!files.delete(inside, true) && files.exists(inside)) {
      throw new UserException(
          ExitCode.FAILURE,
          inside + " can't be deleted: check its permissions, or name another folder");
    }
  }

  /**
   * Replaces a file of this folder.
   *
   * @throws UserException with exit code 1 when another run has taken the folder
   */
  public void write(String name, String text) throws IOException {
    requireOwn();
    HadoopFiles.writeText(configuration, new Path(path, name), text);
  }

  /** Puts the last file in place. */
  @FunctionalInterface
  public interface LastFile {
    void write() throws IOException;
  }

  /**
   * Ends a run that has made all files.
   *
   * @throws UserException with exit code 1 when another run has taken the folder
   */
  public void finish(LastFile last) throws IOException {
    requireOwn();
    last.write();
    if (!policy.last().equals(policy.marker())) {
      deleteMarker();
    }
  }

  /** Deletes the marker, which a run leaves if it is killed just before its end. */
  public void deleteMarker() throws IOException {
    HadoopFiles.delete(configuration, marker);
  }

  /** Ends a run that failed. If it left nothing to continue from, the marker is deleted too. */
  public void abandon() throws IOException {
    if (!isOwn() || !contents().visible().keySet().stream().allMatch(policy.marker()::equals)) {
      return;
    }

    deleteMarker();
    if (made && files.listStatus(path).length == 0) {
      files.delete(path, false);
    }
  }

  private FileStatus[] list() throws IOException {
    try {
      if (!files.getFileStatus(path).isDirectory()) {
        throw UserException.usage("--out " + path + " is a file: name a folder");
      }

      return files.listStatus(path);
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    }
  }

  private JsonNode readMarker() throws IOException {
    try {
      return JSON.readTree(HadoopFiles.readText(configuration, marker));
    } catch (JsonProcessingException | FileNotFoundException nothing) {
      return JSON.missingNode();
    }
  }
}
