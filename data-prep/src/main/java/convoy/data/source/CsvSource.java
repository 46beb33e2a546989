package convoy.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * CSV (RFC 4180) with a header that has the columns path, label and optionally split, in any order
 * and among other columns. Spark's own parser reads it.
 */
final class CsvSource extends ListSource {
  @Override
  public String name() {
    return "csv";
  }

  /** A row, and the number of its first line. */
  private record Row(int line, List<String> values) {}

  @Override
  List<Line> parse(Path list, List<String> lines) throws SourceException {
    List<Row> rows = rows(list, lines);
    List<String> header = rows.isEmpty() ? List.of() : rows.get(0).values();
    int path = column(list, header, "path");
    int label = column(list, header, "label");
    int split = column(list, header, "split");
    if (path < 0 || label < 0) {
      throw new SourceException(
          list + " begins with " + header + ": a header with path and label is needed");
    }

    List<Line> parsed = new ArrayList<>();
    for (Row row : rows.subList(1, rows.size())) {
      List<String> values = row.values();
      if (values.size() != header.size()) {
        throw new SourceException(
            "%s, line %d has %d values, the header %d"
                .formatted(list, row.line(), values.size(), header.size()));
      }

      parsed.add(
          line(
              list,
              row.line(),
              values.get(path),
              values.get(label),
              split < 0 ? null : values.get(split)));
    }

    return parsed;
  }

  private static int column(Path list, List<String> header, String name) throws SourceException {
    int column = header.indexOf(name);
    if (column != header.lastIndexOf(name)) {
      throw new SourceException(list + " has two columns " + name + ": rename one");
    }

    return column;
  }

  private static List<Row> rows(Path list, List<String> lines) throws SourceException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(-1);
    settings.setSkipEmptyLines(true);
    CsvParser parser = new CsvParser(settings);
    List<Row> rows = new ArrayList<>();
    try {
      parser.beginParsing(new StringReader(String.join("\n", lines) + "\n"));
      for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
        int last = (int) parser.getContext().currentLine();
        rows.add(new Row(last - lineBreaks(row), Arrays.asList(row)));
      }
    } catch (TextParsingException broken) {
      throw new SourceException(list + " is not CSV: " + broken.getMessage(), broken);
    }

    return rows;
  }

  private static int lineBreaks(String[] values) {
    return (int)
        Arrays.stream(values)
            .filter(Objects::nonNull)
            .flatMapToInt(String::chars)
            .filter(letter -> letter == '\n')
            .count();
  }
}
