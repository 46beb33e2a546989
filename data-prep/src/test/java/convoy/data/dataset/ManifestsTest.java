package convoy.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
  private final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;

  static Manifest manifest() {
    Manifest.Shard shard =
        new Manifest.Shard("train/part-00000.parquet", 4321, "ab".repeat(32), List.of(128, 72));
    return new Manifest(
        1,
        List.of(
            new Manifest.ClassEntry(0, "n01440764", "tench"),
            new Manifest.ClassEntry(1, "Käse & Brot", null)),
        Map.of("train", new Manifest.Split(200, 4000, List.of(120L, 80L), List.of(shard))),
        new Manifest.Statistics(
            List.of(123.675, 116.28, 103.53),
            List.of(58.395, 57.12, 57.375),
            List.of(9000.5, 300.25, 80.125),
            List.of(List.of(0.6, 0.6, 0.5), List.of(-0.7, 0.0, 0.7), List.of(0.4, -0.8, 0.4)),
            false),
        JsonNodeFactory.instance.objectNode().put("source", "folder").put("seed", 42));
  }

  private Path dataset() {
    return new Path(folder.toUri());
  }

  private Path text(String text) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), text);
    return dataset();
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Manifests.write(configuration, dataset(), manifest());
    assertThat(Manifests.read(configuration, dataset())).isEqualTo(manifest());
  }

  @Test
  void theManifestOfTheFirstVersionStillLoads() throws IOException {
    String name = "manifest-version-1/manifest.json";
    try (InputStream in = getClass().getResourceAsStream(name)) {
      assertThat(in).as("an old sample stays in the test resources").isNotNull();
      text(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    Manifest read = Manifests.read(configuration, dataset());
    assertThat(read).isEqualTo(manifest());
  }

  @Test
  void aNewerVersionIsRefused() throws IOException {
    text("{\"formatVersion\": 2, \"classes\": []}");
    assertThatThrownBy(() -> Manifests.read(configuration, dataset()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("formatVersion 2, this Convoy reads up to 1: use a newer Convoy");
  }

  @Test
  void anEditedManifestIsRefused() throws IOException {
    text(Manifests.text(manifest()).replace("4321", "4322"));
    assertThatThrownBy(() -> Manifests.read(configuration, dataset()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("checksum doesn't match");
  }

  @Test
  void aCutManifestIsRefused() throws IOException {
    String whole = Manifests.text(manifest());
    text(whole.substring(0, whole.length() / 2));
    assertThatThrownBy(() -> Manifests.read(configuration, dataset()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not complete JSON");
    for (String other : List.of("[]", "", "3", "{\"a\": 1}")) {
      text(other);
      assertThatThrownBy(() -> Manifests.read(configuration, dataset()))
          .as(other)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("no manifest of Convoy");
    }
  }

  @Test
  void aFolderWithoutManifestIsNoDataset() {
    assertThatThrownBy(() -> Manifests.read(configuration, dataset()))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            dataset()
                + " has no manifest.json: it is no dataset, or prepare did not finish: run prepare");
    Path absent = new Path(dataset(), "absent");
    assertThatThrownBy(() -> Manifests.read(configuration, absent))
        .isInstanceOf(DatasetException.class)
        .hasMessage("dataset " + absent + " doesn't exist: check --data, or prepare it");
  }
}
