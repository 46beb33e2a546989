package convoy.jobs.terminal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a terminal shows of a text: it knows line breaks, erasing from the cursor on, and whether
 * long lines wrap. A narrower window wraps the lines that are there, as most terminals do.
 */
final class Emulator {
  /** A line as it was written. Its rows on the screen are pieces of this length. */
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));

  private int columns;
  private int row;
  private int column;
  private boolean wraps = true;

  Emulator(int columns) {
    this.columns = columns;
  }

  /** What is on the screen and above it, without empty last lines. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    lines.forEach(line -> rows.add(line.toString().stripTrailing()));
    while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
      rows.remove(rows.size() - 1);
    }

    return rows;
  }

  void resize(int newColumns) {
    columns = newColumns;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).length() > columns) {
        lines.add(i + 1, new StringBuilder(lines.get(i).substring(columns)));
        lines.get(i).setLength(columns);
        row += i < row ? 1 : 0;
      }
    }
  }

  Emulator write(String text) {
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '\u001b') {
        int end = at + 1;
        while (!Character.isLetter(text.charAt(end))) {
          end++;
        }

        obey(text.substring(at + 1, end + 1));
        at = end + 1;
      } else {
        put(next);
        at++;
      }
    }

    return this;
  }

  private void obey(String command) {
    switch (command) {
      case "[J" -> {
        lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        lines.subList(row + 1, lines.size()).clear();
      }
      case "[?7l" -> wraps = false;
      case "[?7h" -> wraps = true;
      default -> throw new AssertionError("an unknown command of a terminal: " + command);
    }
  }

  private void put(char next) {
    if (next == '\r') {
      column = 0;
    } else if (next == '\n') {
      newLine();
    } else {
      if (column == columns) {
        if (wraps) {
          newLine();
        } else {
          column--;
        }
      }

      StringBuilder line = lines.get(row);
      line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
      line.setCharAt(column++, next);
    }
  }

  private void newLine() {
    column = 0;
    row++;
    if (row == lines.size()) {
      lines.add(new StringBuilder());
    }
  }
}
