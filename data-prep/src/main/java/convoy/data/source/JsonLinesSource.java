package convoy.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Reads JSON lines: {@code {"path": "a/b.jpg", "label": "cat", "split": "val"}}. The split is
 * optional.
 */
final class JsonLinesSource extends ListSource {
  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  List<Line> parse(Path list, List<String> lines) throws SourceException {
    List<Line> parsed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        parsed.add(parse(list, i + 1, lines.get(i)));
      }
    }

    return parsed;
  }

  private static Line parse(Path list, int number, String text) throws SourceException {
    JsonNode record;
    try {
      record = StrictJson.object(text);
    } catch (SourceException broken) {
      throw new SourceException(
          "%s, line %d %s".formatted(list, number, broken.getMessage()), broken);
    }

    String split = record.hasNonNull("split") ? record.get("split").asText() : null;
    return line(
        list, number, StrictJson.value(record, "path"), StrictJson.value(record, "label"), split);
  }
}
