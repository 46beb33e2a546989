package convoy.data.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.files.AtomicFiles;
import convoy.data.files.Storage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads and writes manifest.json. The file contains a checksum of itself, because a rename isn't
 * atomic in every store. The same manifest always gives the same bytes.
 */
public final class Manifests {
  /** The name of the file in a dataset. */
  public static final String NAME = "manifest.json";

  private static final String CHECKSUM = "checksum";
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Manifests() {}

  /**
   * Reads the manifest of a dataset.
   *
   * @throws DatasetException if there is none, if it is damaged, or if a newer Convoy wrote it
   */
  public static Manifest read(Configuration configuration, Path dataset) throws IOException {
    String text;
    Path path = new Path(dataset, NAME);
    try (InputStream in = Storage.of(configuration, path).open(path)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw absent(configuration, dataset, e);
    }

    return parse(path, text);
  }

  /** Writes the manifest under a hidden name and renames it. It is the last file of a dataset. */
  public static void write(Configuration configuration, Path dataset, Manifest manifest)
      throws IOException {
    Path path = new Path(dataset, NAME);
    byte[] text = text(manifest).getBytes(StandardCharsets.UTF_8);
    AtomicFiles.write(Storage.of(configuration, path), path, "new", out -> out.write(text));
  }

  static String text(Manifest manifest) throws JsonProcessingException {
    ObjectNode tree = JSON.valueToTree(manifest);
    tree.put(CHECKSUM, checksum(tree));
    return JSON.writeValueAsString(tree) + "\n";
  }

  private static Manifest parse(Path path, String text) throws DatasetException {
    try {
      JsonNode tree = JSON.readTree(text);
      int version = tree.path("formatVersion").asInt(0);
      if (version < 1) {
        throw new DatasetException(path + " has no formatVersion: it is no manifest of Convoy");
      }

      if (version > Manifest.FORMAT_VERSION) {
        throw new NewerDatasetException(
            path
                + (" has formatVersion " + version + ", this Convoy reads up to ")
                + (Manifest.FORMAT_VERSION + ": use a newer Convoy, or prepare again"));
      }

      String stated = tree.path(CHECKSUM).asText();
      ((ObjectNode) tree).remove(CHECKSUM);
      if (!stated.equals(checksum(tree))) {
        throw new DatasetException(
            path + " is damaged or was edited (its checksum doesn't match): prepare again");
      }

      return JSON.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new DatasetException(path + " is not complete JSON: prepare again", e);
    }
  }

  /** Hashes the compact text, so that white space doesn't count. */
  private static String checksum(JsonNode tree) {
    return Sha256.of(tree.toString());
  }

  private static DatasetException absent(
      Configuration configuration, Path dataset, FileNotFoundException cause) throws IOException {
    if (!Storage.of(configuration, dataset).exists(dataset)) {
      return new DatasetException(
          "dataset " + dataset + " doesn't exist: check --data, or prepare it", cause);
    }

    return new DatasetException(
        dataset
            + (" has no " + NAME + ": it is no dataset, or prepare did not finish: run prepare"),
        cause);
  }
}
