package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** One JSON object on each line, in UTF-8. Every line has every field. */
final class JsonLinesFormat implements RowFormat {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public void write(List<ScoreRow> rows, OutputStream out) throws IOException {
    for (ScoreRow row : rows) {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = FACTORY.createGenerator(line)) {
        writeRow(row, json);
      }

      out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void writeRow(ScoreRow row, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("path", row.path());
    json.writeObjectField("width", row.width());
    json.writeObjectField("height", row.height());
    json.writeObjectField("label", row.label());
    json.writeStringField("class", row.className());
    json.writeStringField("words", row.words());
    json.writeObjectField("probability", row.probability());
    json.writeFieldName("topK");
    writeTopK(row.topK(), json);
    json.writeStringField("error", row.error());
    json.writeEndObject();
  }

  /** Writes the candidates as a JSON array, or null. */
  static void writeTopK(List<ScoreRow.Candidate> topK, JsonGenerator json) throws IOException {
    if (topK == null) {
      json.writeNull();
      return;
    }

    json.writeStartArray();
    for (ScoreRow.Candidate candidate : topK) {
      json.writeStartObject();
      json.writeNumberField("label", candidate.label());
      json.writeStringField("class", candidate.className());
      json.writeNumberField("probability", candidate.probability());
      json.writeEndObject();
    }

    json.writeEndArray();
  }

  @Override
  public void read(byte[] part, BiConsumer<String, String> pathAndError) throws IOException {
    Reader text = new InputStreamReader(new ByteArrayInputStream(part), StandardCharsets.UTF_8);
    try (BufferedReader lines = new BufferedReader(text)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = MAPPER.readTree(line);
        pathAndError.accept(row.path("path").textValue(), row.path("error").textValue());
      }
    }
  }
}
