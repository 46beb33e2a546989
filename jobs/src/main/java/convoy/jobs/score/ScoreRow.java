package convoy.jobs.score;

import java.util.List;

/**
 * One row: a file with the model's prediction, or the error that kept it from being scored. In a
 * row with an error, everything except path and error is null.
 *
 * @param path path relative to its input
 * @param width width of the upright picture in pixels
 * @param topK classes with probabilities, the most likely first
 * @param error null, or {@code code: message}
 */
record ScoreRow(
    String path,
    Integer width,
    Integer height,
    Integer label,
    String className,
    String words,
    Float probability,
    List<Candidate> topK,
    String error) {

  /** A class that the picture may show. */
  record Candidate(int label, String className, float probability) {}

  /** The field names in order, which are the same in every format. */
  static final List<String> FIELDS =
      List.of("path", "width", "height", "label", "class", "words", "probability", "topK", "error");

  static ScoreRow failed(String path, String code, String message) {
    String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    return new ScoreRow(path, null, null, null, null, null, null, null, code + ": " + line);
  }

  /** The code of an error, which stands before its colon. */
  static String code(String error) {
    int colon = error.indexOf(':');
    return colon < 0 ? error : error.substring(0, colon);
  }
}
