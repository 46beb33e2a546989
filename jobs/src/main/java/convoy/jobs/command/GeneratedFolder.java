package convoy.jobs.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.FolderPolicy;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * A folder of generated pictures. Its hidden marker holds the arguments, so that a second run with
 * the same ones changes nothing, and completes what an interrupted run left.
 */
final class GeneratedFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKER = ".convoy-generate.json";
  private static final String FINISHED = "finished";
  private static final Set<String> PICTURES = Set.of("train", "val");

  /** The folder may hold other files beside the pictures. */
  private static final FolderPolicy POLICY =
      new FolderPolicy(
          "generate", MARKER, OwnedFolder.OWNER, MARKER, FolderPolicy.RUN_AGAIN, any -> true);

  private final Path path;
  private final OwnedFolder folder;
  private final Map<String, Object> arguments;

  GeneratedFolder(Path path, Map<String, Object> arguments) throws IOException {
    Configuration configuration = HadoopSettings.local().configuration();
    this.path = path;
    this.folder =
        new OwnedFolder(
            configuration, new org.apache.hadoop.fs.Path(path.toAbsolutePath().toUri()), POLICY);
    this.arguments = arguments;
  }

  /** Whether a run with these arguments has finished here. */
  boolean isFinished() throws IOException {
    return state() == OwnedFolder.State.FINISHED;
  }

  private OwnedFolder.State state() throws IOException {
    OwnedFolder.Contents contents = folder.contents();
    JsonNode marker = contents.marker();
    // JSON may give a number back as another type, but with the same text.
    boolean same =
        arguments.entrySet().stream()
            .allMatch(
                entry -> entry.getValue().toString().equals(marker.path(entry.getKey()).asText()));
    return contents.state(same && marker.path(FINISHED).asBoolean(), same);
  }

  /** The result that {@link #finish} has stored. */
  Map<String, Object> result() throws IOException {
    ObjectNode marker = (ObjectNode) folder.contents().marker();
    marker.remove(FINISHED);
    return JSON.convertValue(marker, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /**
   * Takes the folder, and deletes its pictures if they are to be replaced.
   *
   * @throws UserException if the folder holds anything else and {@code overwrite} is false
   */
  void begin(boolean overwrite) throws IOException {
    if (state() == OwnedFolder.State.FOREIGN && !overwrite) {
      throw UserException.usage(
          "--out " + path + " holds other files; name another folder, or add --overwrite");
    }

    if (overwrite) { // Otherwise the missing pictures are drawn again, with the same bytes.
      folder.replace(JSON.createObjectNode(), name -> !PICTURES.contains(name));
    }

    folder.take(marker(false, arguments));
  }

  /**
   * Completes the marker.
   *
   * @throws UserException with exit code 1 if another run has taken the folder
   */
  void finish(Map<String, Object> result) throws IOException {
    folder.write(MARKER, marker(true, result).toString());
  }

  private static ObjectNode marker(boolean finished, Map<String, Object> content) {
    ObjectNode marker = JSON.valueToTree(content);
    return marker.put(FINISHED, finished);
  }
}
