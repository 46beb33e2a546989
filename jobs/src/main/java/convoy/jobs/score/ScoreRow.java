package convoy.jobs.score;

import java.util.List;

/**
 * One row: a file and what the model takes it for, or why it couldn't be scored. In a row with an
 * error everything but the path is null.
 *
 * @param path relative to its input
 * @param width upright, in pixels
 * @param topK the best first
 * @param error null or {@code code: message}
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

  /** A class the picture may show. */
  record Candidate(int label, String className, float probability) {}

  /** Field names in their order, the same in every format. */
  static final List<String> FIELDS =
      List.of("path", "width", "height", "label", "class", "words", "probability", "topK", "error");

  static ScoreRow failed(String path, String code, String message) {
    String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    return new ScoreRow(path, null, null, null, null, null, null, null, code + ": " + line);
  }

  /** The part of an error before the colon. */
  static String code(String error) {
    int colon = error.indexOf(':');
    return colon < 0 ? error : error.substring(0, colon);
  }
}
