package convoy.jobs.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/**
 * The marker of an unfinished dataset: its provenance, and which run is at it. The run that wrote
 * it last owns the folder.
 */
final class OutputMarker {
  static final String NAME = "_prepare.json";
  private static final String RUN = "run";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration configuration;
  private final Path file;
  private final String run;

  /**
   * @param run unlike that of any other run
   */
  OutputMarker(Configuration configuration, Path folder, String run) {
    this.configuration = configuration;
    this.file = new Path(folder, NAME);
    this.run = run;
  }

  void write(JsonNode provenance) throws IOException {
    ObjectNode marker = provenance.deepCopy();
    marker.put(RUN, run);
    HadoopFiles.writeText(
        configuration, file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(marker));
  }

  /** Whether an unfinished run of this provenance is marked, whichever run it was. */
  boolean isOf(JsonNode provenance) throws IOException {
    JsonNode marker = read();
    if (marker instanceof ObjectNode fields) {
      fields.remove(RUN);
    }

    return marker.equals(provenance);
  }

  /** Whether this run wrote the marker. */
  boolean isOwn() throws IOException {
    return read().path(RUN).asText().equals(run);
  }

  /**
   * Another run may have taken the folder while this one was at it.
   *
   * @throws UserException with exit code 1 when it has
   */
  void requireOwn() throws IOException {
    if (!isOwn()) {
      throw new UserException(
          ExitCode.FAILURE,
          "%s was taken over by another run of prepare; this one stops, run it again to see what is left"
              .formatted(file.getParent()));
    }
  }

  void delete() throws IOException {
    HadoopFiles.delete(configuration, file);
  }

  private JsonNode read() throws IOException {
    try {
      return JSON.readTree(HadoopFiles.readText(configuration, file));
    } catch (JsonProcessingException | FileNotFoundException | ChecksumException nothing) {
      return JSON.missingNode();
    }
  }
}
