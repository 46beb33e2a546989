package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * CSV by RFC 4180: a header, CRLF, doubled quotes. The columns are the same as in the other
 * formats, so topK is one column of JSON. A null is an empty field.
 */
final class CsvFormat implements RowFormat {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int PATH = ScoreRow.FIELDS.indexOf("path");
  private static final int ERROR = ScoreRow.FIELDS.indexOf("error");

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public void write(List<ScoreRow> rows, OutputStream out) throws IOException {
    out.write(record(ScoreRow.FIELDS));
    for (ScoreRow row : rows) {
      List<Object> fields = new ArrayList<>();
      fields.add(row.path());
      fields.add(row.width());
      fields.add(row.height());
      fields.add(row.label());
      fields.add(row.className());
      fields.add(row.words());
      fields.add(row.probability());
      fields.add(topK(row.topK()));
      fields.add(row.error());
      out.write(record(fields));
    }
  }

  private static String topK(List<ScoreRow.Candidate> topK) throws IOException {
    if (topK == null) {
      return null;
    }

    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      JsonLinesFormat.writeTopK(topK, json);
    }

    return text.toString();
  }

  private static byte[] record(List<?> fields) {
    StringBuilder line = new StringBuilder();
    for (Object field : fields) {
      line.append(line.isEmpty() ? "" : ",").append(field == null ? "" : quoted(field.toString()));
    }

    return line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String field) {
    boolean plain = !field.isEmpty() && field.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    boolean padded = field.startsWith(" ") || field.endsWith(" ");
    return plain && !padded ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  @Override
  public void read(byte[] part, BiConsumer<String, String> pathAndError) throws IOException {
    List<List<String>> records = parse(new String(part, StandardCharsets.UTF_8));
    for (List<String> fields : records.subList(1, records.size())) {
      String error = fields.get(ERROR);
      pathAndError.accept(fields.get(PATH), error.isEmpty() ? null : error);
    }
  }

  /** All records, including the header. */
  static List<List<String>> parse(String text) throws IOException {
    List<List<String>> records = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int k = 0; k < text.length(); k++) {
      char c = text.charAt(k);
      if (quoted) {
        boolean doubled = c == '"' && text.startsWith("\"", k + 1);
        k += doubled ? 1 : 0;
        quoted = c != '"' || doubled;
        if (quoted) {
          field.append(c);
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        fields.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(fields);
          fields = new ArrayList<>();
        }
      } else if (c != '\r') {
        field.append(c);
      }
    }

    if (quoted || !fields.isEmpty() || records.isEmpty()) {
      throw new IOException("it does not end with a whole record");
    }

    return records;
  }
}
