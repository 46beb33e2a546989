package convoy.jobs.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file of an evaluation's result. It replaces an earlier result, unless that is equal.
 *
 * @param before the earlier result, or null if there is none
 */
record EvaluationFile(Configuration configuration, Path path, String before) {
  /** A result of 1,000 classes has 2 MB, so a file larger than this is not a result. */
  private static final long MAX_BYTES = 1L << 30;

  /**
   * Checks, before any work, that the file may be written.
   *
   * @throws UserException with exit code 2 if something other than a result is there
   */
  static EvaluationFile open(Configuration configuration, String out, boolean overwrite)
      throws IOException {
    Path path = new Path(out);
    FileSystem files = Storage.of(configuration, path);
    if (!files.exists(path)) {
      return new EvaluationFile(configuration, path, null);
    }

    FileStatus status = files.getFileStatus(path);
    if (overwrite) {
      return new EvaluationFile(configuration, path, null);
    }

    String before = status.getLen() > MAX_BYTES ? "" : HadoopFiles.readText(configuration, path);
    if (!isResult(before)) {
      throw UserException.usage(
          "--out %s is not a result of convoy evaluate: name another file, or add --overwrite"
              .formatted(out));
    }

    return new EvaluationFile(configuration, path, before);
  }

  void write(String text) throws IOException {
    if (!text.equals(before)) {
      HadoopFiles.writeText(configuration, path, text);
    }
  }

  private static boolean isResult(String text) {
    try {
      JsonNode json = new ObjectMapper().readTree(text);
      return json.has("top1") && json.has("confusion");
    } catch (JsonProcessingException other) {
      return false;
    }
  }
}
