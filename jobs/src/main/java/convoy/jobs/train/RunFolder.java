package convoy.jobs.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.io.HadoopFiles;
import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The layout of a run's folder: the one place that knows its names. */
record RunFolder(Configuration configuration, Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Path recipe() {
    return new Path(path, "recipe.yaml");
  }

  Path status() {
    return new Path(path, "status.json");
  }

  Path metrics() {
    return new Path(path, "metrics.jsonl");
  }

  Path checkpoints() {
    return new Path(path, "checkpoints");
  }

  Path checkpoint(int rounds) {
    return new Path(checkpoints(), String.format(Locale.ROOT, "round-%08d", rounds));
  }

  /** The weights of the last round. */
  Path model() {
    return new Path(path, "model");
  }

  /** The best top-1 on the validation split. */
  Path best() {
    return new Path(path, "best");
  }

  boolean isAbsentOrEmpty() throws IOException {
    return HadoopFiles.isAbsentOrEmpty(configuration, path);
  }

  /** The status, or null where there is none. */
  RunStatus readStatus() throws IOException {
    if (!HadoopFiles.exists(configuration, status())) {
      return null;
    }

    JsonNode json = JSON.readTree(HadoopFiles.readText(configuration, status()));
    return JSON.treeToValue(json, RunStatus.class);
  }

  void writeStatus(RunStatus status) throws IOException {
    HadoopFiles.writeText(configuration, status(), JSON.writeValueAsString(status) + "\n");
  }
}
