package convoy.data.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  @Override
  List<Line> parse(Path list, List<String> lines) throws SourceException {
    List<String[]> rows = rows(list, lines);
    List<String> header = rows.isEmpty() ? List.of() : Arrays.asList(rows.get(0));
    int path = header.indexOf("path");
    int label = header.indexOf("label");
    int split = header.indexOf("split");
    if (path < 0 || label < 0) {
      throw new SourceException(
          list + " begins with " + header + ": a header with path and label is needed");
    }

    List<Line> parsed = new ArrayList<>();
    for (int i = 1; i < rows.size(); i++) {
      String[] row = rows.get(i);
      if (row.length != header.size()) {
        throw new SourceException(
            "%s, line %d has %d values, the header %d"
                .formatted(list, i + 1, row.length, header.size()));
      }

      parsed.add(line(list, i + 1, row[path], row[label], split < 0 ? null : row[split]));
    }

    return parsed;
  }

  private static List<String[]> rows(Path list, List<String> lines) throws SourceException {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setComment('\0');
    settings.setMaxCharsPerColumn(-1);
    settings.setSkipEmptyLines(true);
    try {
      return new CsvParser(settings).parseAll(new StringReader(String.join("\n", lines)));
    } catch (TextParsingException broken) {
      throw new SourceException(list + " is not CSV: " + broken.getMessage(), broken);
    }
  }
}
