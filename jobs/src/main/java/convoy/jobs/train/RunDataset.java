package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Manifest;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import java.io.IOException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/**
 * The file dataset.json of a run, which identifies the dataset that the run began with. It also
 * says where that was, unless an older Convoy wrote it.
 */
record RunDataset(RunFolder folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MANIFEST = "manifest";
  private static final String PATH = "path";

  void write(Manifest manifest, Path dataset) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put(MANIFEST, ModelDescriptions.fingerprint(manifest)).put(PATH, dataset.toString());
    HadoopFiles.writeText(folder.configuration(), folder.dataset(), json.toPrettyString() + "\n");
  }

  /**
   * Where the dataset was when the run was last started.
   *
   * @throws UserException with exit code 2 if the file doesn't say it
   */
  String path() throws IOException {
    JsonNode json = read();
    if (json.isMissingNode()) {
      throw UserException.usage(folder.dataset() + " is not there: give --data");
    }

    JsonNode path = json.path(PATH);
    if (path.isMissingNode()) {
      throw UserException.usage(
          folder.dataset()
              + " doesn't say where the dataset is, as an older Convoy wrote it: give --data");
    }

    return path.asText();
  }

  /** Throws an error with exit code 3 if the run began with another dataset. */
  void refuseOther(Manifest manifest) throws IOException {
    JsonNode before = read().path(MANIFEST);
    if (!before.isMissingNode()
        && !before.asText().equals(ModelDescriptions.fingerprint(manifest))) {
      throw UserException.badData(
          "the run in %s was trained on other data: give the dataset it began with, or choose another --out"
              .formatted(folder.path()));
    }
  }

  /** The content of the file; a missing node if there is none. */
  private JsonNode read() throws IOException {
    if (!HadoopFiles.exists(folder.configuration(), folder.dataset())) {
      return JSON.missingNode();
    }

    try {
      JsonNode json = JSON.readTree(HadoopFiles.readText(folder.configuration(), folder.dataset()));
      if (json.path(MANIFEST).isTextual()) {
        return json;
      }

      throw damaged(null);
    } catch (JsonProcessingException | ChecksumException damaged) {
      throw damaged(damaged);
    }
  }

  private UserException damaged(Exception cause) {
    return new UserException(
        ExitCode.BAD_DATA,
        folder.dataset()
            + " is damaged: delete it, and give the dataset that the run began with as --data",
        cause);
  }
}
