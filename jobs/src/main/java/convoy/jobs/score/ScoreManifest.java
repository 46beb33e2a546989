package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import convoy.jobs.base.UserException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The content of {@code _manifest}, which describes a finished folder of rows. It has no time and
 * no host, so the same run gives the same bytes.
 *
 * @param convoy version of Convoy that wrote it
 * @param errors number of rows with an error, by code
 * @param skipped counts of what has no row on purpose
 */
record ScoreManifest(
    int formatVersion,
    String convoy,
    ScoreArguments arguments,
    long rows,
    Map<String, Long> errors,
    Skipped skipped,
    List<PartSummary> parts) {
  static final int FORMAT_VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Counts of what is skipped, as in {@link ScoreListing}. */
  record Skipped(long hiddenFiles, long hiddenFolders, long special, long loops) {
    static Skipped of(ScoreListing listing) {
      return new Skipped(
          listing.hiddenFiles(), listing.hiddenFolders(), listing.special(), listing.loops());
    }
  }

  static ScoreManifest of(
      String convoy, ScoreArguments arguments, Skipped skipped, List<PartSummary> parts) {
    List<PartSummary> sorted =
        parts.stream().sorted(Comparator.comparing(PartSummary::path)).toList();
    Map<String, Long> errors = new TreeMap<>();
    long rows = 0;
    for (PartSummary part : sorted) {
      rows += part.rows();
      part.errors().forEach((code, count) -> errors.merge(code, count, Long::sum));
    }

    return new ScoreManifest(FORMAT_VERSION, convoy, arguments, rows, errors, skipped, sorted);
  }

  /** Number of bytes of each part, by name. */
  Map<String, Long> sizes() {
    return parts.stream().collect(Collectors.toMap(PartSummary::path, PartSummary::bytes));
  }

  String toJson() throws JsonProcessingException {
    return JSON.writeValueAsString(this) + "\n";
  }

  /**
   * Reads the text that {@link #toJson} wrote.
   *
   * @param file name of the file, for messages
   */
  static ScoreManifest fromJson(String text, String file) {
    try {
      ScoreManifest manifest = JSON.readValue(text, ScoreManifest.class);
      if (manifest.formatVersion < 1 || manifest.formatVersion > FORMAT_VERSION) {
        throw UserException.usage(
            "%s has formatVersion %d, this Convoy reads 1 to %d; use another --out"
                .formatted(file, manifest.formatVersion, FORMAT_VERSION));
      }

      return manifest;
    } catch (JsonProcessingException e) {
      throw UserException.usage(
          file + " is not a manifest of convoy score; use another --out, or add --overwrite");
    }
  }
}
