package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path folder;

  @Test
  void theFileIsAnObjectWithRows() throws IOException {
    Workload workload = new Workload("googlenet", false, Mode.INFER, 1, 16);
    Path file = folder.resolve("rows.json");
    List<Row> rows = List.of(Row.of(workload, 0.5, 0.75, "onnxruntime"));
    new Report<>("some CPU", "scripts/bench-engine --quick", rows).write(file);

    JsonNode written = new ObjectMapper().readTree(file.toFile());
    assertThat(written.get("rows").toString())
        .isEqualTo(
            "[{\"network\":\"googlenet\",\"mode\":\"infer\",\"threads\":1,\"batch\":16,"
                + "\"precision\":\"float32\",\"ours\":32.0,\"theirs\":21.333,"
                + "\"peer\":\"onnxruntime\",\"ratio\":1.5}]");
    assertThat(written.get("cpu").textValue()).isEqualTo("some CPU");
  }
}
