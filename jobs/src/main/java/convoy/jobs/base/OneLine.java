package convoy.jobs.base;

/** Shows line breaks and other control characters of what a user gave. */
public final class OneLine {
  private OneLine() {}

  /** The text without control characters: {@code \n}, {@code \x1b} and the like stand for them. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().forEach(point -> append(line, point));
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    int type = Character.getType(point);
    switch (point) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (type == Character.CONTROL) {
          line.append("\\x%02x".formatted(point));
        } else if (type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR) {
          line.append("\\u%04x".formatted(point));
        } else {
          line.appendCodePoint(point);
        }
      }
    }
  }
}
