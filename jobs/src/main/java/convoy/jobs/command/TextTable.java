package convoy.jobs.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table for people: texts stand left, numbers stand right with thousands separators. */
final class TextTable {
  private static final String GAP = "  ";

  private final List<List<Object>> rows = new ArrayList<>();

  /** Headings over numbers stand right. */
  TextTable(String... headings) {
    rows.add(List.of((Object[]) headings));
  }

  /** Adds a row of texts and numbers; an empty text leaves a cell empty. */
  TextTable row(Object... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Lines without trailing spaces; each ends with a line break. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<Object> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = text(row.get(column));
        String space = " ".repeat(width(column) - cell.length());
        line.append(column == 0 ? "" : GAP).append(isNumeric(column) ? space + cell : cell + space);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0);
  }

  private boolean isNumeric(int column) {
    return rows.stream().anyMatch(row -> row.get(column) instanceof Number);
  }

  private static String text(Object cell) {
    return cell instanceof Number number ? number(number.longValue()) : cell.toString();
  }

  /** A number such as 60,965,224. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
