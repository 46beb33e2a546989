package convoy.jobs.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** All columns: lines without trailing spaces; each ends with a line break. */
  @Override
  public String toString() {
    return text(shown());
  }

  /**
   * The columns that fit, and a line that names the others.
   *
   * @param characters length of the longest line
   * @param leftOut numbers of the columns that are left out if they must be, in that order
   */
  String fit(int characters, int... leftOut) {
    List<Integer> shown = shown();
    List<String> names = new ArrayList<>();
    for (int column : leftOut) {
      if (text(shown).lines().mapToInt(String::length).max().orElse(0) <= characters) {
        break;
      }

      shown.remove((Integer) column);
      names.add(text(rows.get(0).get(column)));
    }

    if (names.isEmpty()) {
      return text(shown);
    }

    String note = "--wide also shows: " + String.join(", ", names);
    String brief = "--wide shows " + names.size() + " more columns";
    return text(shown) + (note.length() <= characters ? note : brief) + "\n";
  }

  private List<Integer> shown() {
    return IntStream.range(0, rows.get(0).size())
        .boxed()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private String text(List<Integer> columns) {
    StringBuilder text = new StringBuilder();
    for (List<Object> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column : columns) {
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
