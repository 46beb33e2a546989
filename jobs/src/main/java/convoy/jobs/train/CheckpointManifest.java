package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Sha256;
import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of a checkpoint that is written last. It has size and hash of each other file, and a
 * checksum of itself, which tells a newer version from a damaged one.
 */
record CheckpointManifest(Configuration configuration, Path checkpoint) {
  /** Version 1 had no checksum. */
  private static final int FORMAT_VERSION = 2;

  private static final String NAME = "manifest.json";
  private static final String VERSION = "formatVersion";
  private static final String CHECKSUM = "checksum";
  private static final String FILES = "files";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Names the files of a checkpoint, which are all written. */
  void write(List<String> files) throws IOException {
    ObjectNode manifest = JSON.createObjectNode().put(VERSION, FORMAT_VERSION);
    manifest.set(FILES, entries(files));
    manifest.put(CHECKSUM, Sha256.of(manifest.toString()));
    HadoopFiles.writeText(configuration, path(), manifest.toPrettyString() + "\n");
  }

  void delete() throws IOException {
    HadoopFiles.delete(configuration, path());
  }

  /** Whether the checkpoint was finished. */
  boolean exists() throws IOException {
    return HadoopFiles.exists(configuration, path());
  }

  /**
   * Says what is wrong with the checkpoint's files, or returns null.
   *
   * @throws UserException with exit code 3 if a newer Convoy wrote them
   */
  String problem(List<String> files) throws IOException {
    try {
      if (!(JSON.readTree(HadoopFiles.readText(configuration, path()))
              instanceof ObjectNode manifest)
          || !isIntact(manifest)) {
        return NAME + " is damaged";
      }

      int version = manifest.path(VERSION).asInt();
      if (version > FORMAT_VERSION) {
        throw newer(path(), version, FORMAT_VERSION);
      }

      return manifest.path(FILES).equals(JSON.readTree(entries(files).toString()))
          ? null
          : "sizes or hashes differ from " + NAME;
    } catch (JsonProcessingException cut) {
      return NAME + " is damaged";
    } catch (FileNotFoundException | ChecksumException damaged) {
      return damaged.getMessage();
    }
  }

  /** The error of a file that this Convoy can't check, so that it must stay. */
  static UserException newer(Path file, int version, int known) {
    return UserException.badData(
        "%s has formatVersion %d, this Convoy reads up to %d: use a newer Convoy"
            .formatted(file, version, known));
  }

  private static boolean isIntact(ObjectNode manifest) {
    if (manifest.path(VERSION).asInt() == 1) {
      return true;
    }

    ObjectNode rest = manifest.deepCopy();
    JsonNode stated = rest.remove(CHECKSUM);
    return stated != null && stated.asText().equals(Sha256.of(rest.toString()));
  }

  private ObjectNode entries(List<String> names) throws IOException {
    ObjectNode entries = JSON.createObjectNode();
    FileSystem files = Storage.of(configuration, checkpoint);
    for (String name : names) {
      Path file = new Path(checkpoint, name);
      entries
          .putObject(name)
          .put("bytes", files.getFileStatus(file).getLen())
          .put("sha256", Sha256.of(files, file));
    }

    return entries;
  }

  private Path path() {
    return new Path(checkpoint, NAME);
  }
}
