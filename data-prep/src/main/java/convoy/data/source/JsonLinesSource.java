package convoy.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * Reads JSON lines: {@code {"path": "a/b.jpg", "label": "cat", "split": "val"}}. The split is
 * optional.
 */
final class JsonLinesSource extends ListSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  List<Line> parse(Path list, List<String> lines) throws SourceException {
    List<Line> parsed = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          JsonNode line = JSON.readTree(lines.get(i));
          parsed.add(
              line(list, i + 1, text(line, "path"), text(line, "label"), text(line, "split")));
        } catch (JsonProcessingException broken) {
          throw new SourceException(
              list + ", line " + (i + 1) + " is not JSON: " + broken.getOriginalMessage(), broken);
        }
      }
    }

    return parsed;
  }

  private static String text(JsonNode line, String name) {
    return line.hasNonNull(name) ? line.get(name).asText() : null;
  }
}
