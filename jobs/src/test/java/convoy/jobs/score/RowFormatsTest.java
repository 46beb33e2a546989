package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatsTest {
  private static final List<String> NAMES =
      List.of(
          "plain.jpg",
          "a, b.jpg",
          "say \"hi\".jpg",
          "two\nlines.jpg",
          "carriage\r\nreturn.jpg",
          " spaces ",
          "ünï/日本/😀.png",
          "back\\slash",
          "tab\there",
          "=1+1",
          "[x]{y}%41#?*.jpg");

  private static ScoreRow good(String path) {
    return new ScoreRow(
        path,
        640,
        480,
        3,
        "n01440764",
        "tench, Tinca \"tinca\"",
        0.75f,
        List.of(
            new ScoreRow.Candidate(3, "n01440764", 0.75f),
            new ScoreRow.Candidate(0, "cat, house", 1e-9f)),
        null);
  }

  private static byte[] bytes(RowFormat format, List<ScoreRow> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(rows, out);
    return out.toByteArray();
  }

  private static List<ScoreRow> rows() {
    List<ScoreRow> rows = new ArrayList<>();
    for (String name : NAMES) {
      rows.add(good(name));
      rows.add(ScoreRow.failed("bad/" + name, "truncated", "ends after 12 bytes, \"half\"\nway"));
    }

    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "jsonl"})
  void everyNameAndErrorComesBack(String name) throws IOException {
    RowFormat format = RowFormats.format(name);
    List<String> read = new ArrayList<>();
    format.read(bytes(format, rows()), (path, error) -> read.add(path + "|" + error));

    assertThat(read)
        .containsExactlyElementsOf(
            rows().stream().map(row -> row.path() + "|" + row.error()).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "jsonl"})
  void equalRowsAreEqualBytes(String name) throws IOException {
    RowFormat format = RowFormats.format(name);
    assertThat(bytes(format, rows())).isEqualTo(bytes(format, rows()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv", "jsonl"})
  void aPartThatWasCutIsNoPart(String name) throws IOException {
    RowFormat format = RowFormats.format(name);
    byte[] whole = bytes(format, rows());
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 20);
    assertThatThrownBy(() -> format.read(cut, (path, error) -> {}))
        .isInstanceOfAny(IOException.class, RuntimeException.class);
  }

  @Test
  void csvHasAHeaderCrLfAndTopKAsJson() throws IOException {
    byte[] part = bytes(new CsvFormat(), List.of(good("a, b.jpg")));
    assertThat(new String(part, StandardCharsets.UTF_8))
        .startsWith(
            "path,width,height,label,class,words,probability,topK,error\r\n\"a, b.jpg\",640")
        .endsWith(",\r\n");
    List<String> fields = CsvFormat.parse(new String(part, StandardCharsets.UTF_8)).get(1);
    JsonNode topK = new ObjectMapper().readTree(fields.get(7));
    assertThat(topK.get(1).get("class").asText()).isEqualTo("cat, house");
    assertThat(topK.get(0).get("probability").floatValue()).isEqualTo(0.75f);
  }

  @Test
  void parquetNamesItsWriter() throws IOException {
    assertThat(new String(bytes(new ParquetFormat(), rows()), StandardCharsets.ISO_8859_1))
        .contains("writer.model.name\u0018\u0006convoy")
        .doesNotContain("writer.model.name\u0018\u0007example");
  }

  @Test
  void jsonLinesHaveEveryFieldInEveryLine() throws IOException {
    String[] lines =
        new String(bytes(new JsonLinesFormat(), rows()), StandardCharsets.UTF_8).split("\n");
    assertThat(lines).hasSize(2 * NAMES.size());
    for (String line : lines) {
      List<String> fields = new ArrayList<>();
      new ObjectMapper().readTree(line).fieldNames().forEachRemaining(fields::add);
      assertThat(fields).isEqualTo(ScoreRow.FIELDS);
    }
  }

  @Test
  void anErrorIsOneLineWithItsCodeFirst() {
    ScoreRow row = ScoreRow.failed("x", "broken", "one\n  two");
    assertThat(row.error()).isEqualTo("broken: one two");
    assertThat(ScoreRow.code(row.error())).isEqualTo("broken");
  }

  @Test
  void anUnknownFormatIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> RowFormats.format("xml"))
        .isInstanceOf(UserException.class)
        .hasMessage("unknown --format 'xml'; known: parquet, csv, jsonl");
  }
}
