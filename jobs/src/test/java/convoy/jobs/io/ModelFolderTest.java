package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.files.LocalDisk;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.Zoo;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
  private static final Configuration CONFIGURATION = HadoopSettings.local().configuration();

  @TempDir java.nio.file.Path folder;

  @Test
  void aModelComesBackAsItWasWritten() throws IOException {
    HeapNetwork network = network(1);
    ModelFolder.write(CONFIGURATION, path("model"), description("lenet5-modern"), network);
    ModelFolder model = ModelFolder.open(CONFIGURATION, path("model"));
    assertThat(model.description()).isEqualTo(description("lenet5-modern"));
    HeapNetwork loaded = new HeapNetwork(model.graph());
    model.loadWeights(loaded);
    assertThat(loaded.values()).isEqualTo(network.values());
  }

  @Test
  void theFolderHoldsTwoFilesAndARunStandsForItsModel() throws IOException {
    ModelFolder.write(CONFIGURATION, path("run/model"), description("lenet5-modern"), network(1));
    ModelFolder model = ModelFolder.open(CONFIGURATION, path("run"));
    assertThat(model.path()).isEqualTo(path("run/model"));
    try (var files = Files.list(folder.resolve("run/model"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("model.json", "weights.safetensors");
    }
  }

  @Test
  void equalModelsHaveEqualFingerprintsAndOthersDoNot() throws IOException {
    String one = written("one", description("lenet5-modern"), 1).fingerprint();
    assertThat(one)
        .hasSize(64)
        .isEqualTo(written("same", description("lenet5-modern"), 1).fingerprint());
    assertThat(one).isNotEqualTo(written("other", description("lenet5-modern"), 2).fingerprint());
  }

  @Test
  void noModelIsBadDataWithThePathAndTheRemedy() {
    assertBadData("nothing", "no model in " + path("nothing") + ": neither model.json nor");
  }

  @Test
  void damagedFilesAreBadData() throws IOException {
    ModelFolder model = written("model", description("lenet5-modern"), 1);
    Files.write(folder.resolve("model/weights.safetensors"), new byte[] {1, 2, 3});
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> model.loadWeights(network(1)))
        .withMessageContaining("weights.safetensors cannot be used: not a safetensors file")
        .satisfies(problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.BAD_DATA));
    Files.delete(folder.resolve("model/weights.safetensors"));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> model.loadWeights(network(1)))
        .withMessageContaining("the file is missing");
    assertThatExceptionOfType(UserException.class).isThrownBy(model::fingerprint);
    HadoopFiles.writeText(CONFIGURATION, path("model/model.json"), "{\"formatVersion\": 9}");
    assertBadData(
        "model",
        "the model's file "
            + path("model/model.json")
            + " cannot be used: formatVersion 9 is newer");
  }

  @Test
  void aFlippedBitInTheWeightsIsNotScored() throws IOException {
    written("model", description("lenet5-modern"), 1);
    java.nio.file.Path file = folder.resolve("model/weights.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 9] ^= 1;
    Files.write(file, bytes);
    ModelFolder model = ModelFolder.open(CONFIGURATION, path("model"));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> model.loadWeights(network(2)))
        .withMessageContaining("its hash is not the one in model.json")
        .satisfies(problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.BAD_DATA));
  }

  @Test
  void aModelOfAnOlderConvoyHasNoHashAndIsRead() throws IOException {
    written("model", description("lenet5-modern"), 1);
    java.nio.file.Path file = folder.resolve("model/model.json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode older = (ObjectNode) json.readTree(file.toFile());
    assertThat(older.remove("weights")).isNotNull();
    json.writeValue(file.toFile(), older);
    HeapNetwork loaded = network(2);
    ModelFolder.open(CONFIGURATION, path("model")).loadWeights(loaded);
    assertThat(loaded.values()).isEqualTo(network(1).values());
  }

  @Test
  void aKillAtAnyMomentLeavesTheOldModelOrTheNewOne() throws IOException {
    Configuration killed = new Configuration(CONFIGURATION);
    killed.set("fs.file.impl", KilledFileSystem.class.getName());
    killed.setBoolean("fs.file.impl.disable.cache", true);
    float[] old = network(1).values();
    float[] replacing = network(2).values();
    boolean finished = false;
    int changes = 0;
    for (; !finished; changes++) {
      String name = "model-" + changes;
      written(name, description("lenet5-modern"), 1);
      KilledFileSystem.after(changes);
      try {
        ModelFolder.write(killed, path(name), description("lenet5-modern"), network(2));
        finished = true;
      } catch (IOException dead) {
        assertThat(dead).hasMessageContaining("killed before");
      } finally {
        KilledFileSystem.never();
      }

      HeapNetwork loaded = network(3);
      ModelFolder.open(CONFIGURATION, path(name)).loadWeights(loaded);
      assertThat(loaded.values()).isIn(old, replacing);
      written(name, description("lenet5-modern"), 2);
      written("new-" + changes, description("lenet5-modern"), 2);
      assertThat(folder.resolve(name + "/model.json"))
          .hasSameBinaryContentAs(folder.resolve("new-" + changes + "/model.json"));
    }

    assertThat(changes).isGreaterThan(6);
  }

  /** A disk without room for a description. */
  public static final class FullDisk extends LocalDisk {
    @Override
    public FSDataOutputStream create(
        Path path,
        FsPermission permission,
        boolean overwrite,
        int bufferSize,
        short replication,
        long blockSize,
        Progressable progress)
        throws IOException {
      if (path.getName().contains("model.json")) {
        throw new IOException("No space left on device");
      }

      return super.create(
          path, permission, overwrite, bufferSize, replication, blockSize, progress);
    }
  }

  @Test
  void aFullDiskKeepsTheOldModelAndLeavesNoOtherFile() throws IOException {
    written("model", description("lenet5-modern"), 1);
    Configuration full = HadoopSettings.local().configuration();
    full.set("fs.file.impl", FullDisk.class.getName());
    full.setBoolean("fs.file.impl.disable.cache", true);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> ModelFolder.write(full, path("model"), description("lenet5-modern"), network(2)));
    HeapNetwork loaded = network(3);
    ModelFolder.open(CONFIGURATION, path("model")).loadWeights(loaded);
    assertThat(loaded.values()).isEqualTo(network(1).values());
    assertThat(folder.resolve("model").toFile().list())
        .containsExactlyInAnyOrder("model.json", "weights.safetensors");
  }

  @Test
  void cutAndHostileWeightsAreFoundBeforeANetworkIsOpened() throws IOException {
    ModelFolder model = written("model", description("lenet5-modern"), 1);
    model.check();
    byte[] whole = Files.readAllBytes(folder.resolve("model/weights.safetensors"));
    Files.write(
        folder.resolve("model/weights.safetensors"), Arrays.copyOf(whole, whole.length - 1));
    assertUnusable(model, "the file has %d bytes, but".formatted(whole.length - 1));
    byte[] huge = whole.clone();
    huge[6] = 1; // A header of 2^48 bytes.
    Files.write(folder.resolve("model/weights.safetensors"), huge);
    assertUnusable(model, "not a safetensors file: a header of 28");
    byte[] overlapping =
        new String(whole, StandardCharsets.ISO_8859_1)
            .replaceFirst("\"data_offsets\":\\[24,", "\"data_offsets\":[20,")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(overlapping).hasSameSizeAs(whole).isNotEqualTo(whole);
    Files.write(folder.resolve("model/weights.safetensors"), overlapping);
    assertUnusable(model, "tensor conv1.weight of shape [6, 3, 5, 5] has data_offsets [20,");
  }

  @Test
  void sizesBeyondCountingAreBadData() throws IOException {
    ModelDescription giant =
        new ModelDescription(
            1,
            "lenet5-modern",
            new Architecture.Options(2, 2_000_000_000, 3, -1, "paper"),
            description("lenet5-modern").classes(),
            null,
            null);
    assertUnusable(
        written("model", giant, 1),
        "3 x 2000000000 x 2000000000 are more values than one picture can have");
  }

  private static void assertUnusable(ModelFolder model, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(model::check)
        .withMessageContaining(message)
        .satisfies(problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.BAD_DATA));
  }

  @Test
  void weightsOfAnotherNetworkAreBadData() throws IOException {
    ModelFolder model = written("model", description("lenet5-modern"), 1);
    Architecture lenet5 = Zoo.architecture("lenet5");
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> model.loadWeights(new HeapNetwork(lenet5.graph(lenet5.defaults()))))
        .withMessageContaining("unexpected tensor conv1.bias");
  }

  @Test
  void anArchitectureOfTheFutureIsBadData() throws IOException {
    ModelFolder model = written("model", description("resnet-50"), 1);
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(model::graph)
        .withMessageContaining("unknown model 'resnet-50'");
  }

  @Test
  void aDescriptionWithoutClassesSaysWhatIsMissingInItsOwnWords() throws IOException {
    ModelFolder model = written("model", description("lenet5-modern"), 1);
    Path file = new Path(model.path(), "model.json");
    String text = HadoopFiles.readText(CONFIGURATION, file);
    HadoopFiles.writeText(CONFIGURATION, file, text.replace("\"classes\" : [", "\"klasses\" : ["));
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ModelFolder.open(CONFIGURATION, path("model")))
        .withMessage(
            "the model's file %s cannot be used: a model has an architecture, options and classes;"
                + " take another checkpoint, or train again",
            file);
  }

  private ModelFolder written(String name, ModelDescription description, long seed)
      throws IOException {
    return ModelFolder.write(CONFIGURATION, path(name), description, network(seed));
  }

  private void assertBadData(String name, String message) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> ModelFolder.open(CONFIGURATION, path(name)))
        .withMessageStartingWith(message)
        .satisfies(problem -> assertThat(problem.exitCode()).isEqualTo(ExitCode.BAD_DATA));
  }

  private Path path(String name) {
    return new Path(folder.resolve(name).toString());
  }

  private static HeapNetwork network(long seed) {
    HeapNetwork network =
        new HeapNetwork(
            Zoo.architecture("lenet5-modern").graph(description("lenet5-modern").options()));
    network.initialize(seed);
    return network;
  }

  private static ModelDescription description(String architecture) {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        architecture,
        new Architecture.Options(2, 32, 3, -1, "paper"),
        List.of(
            new ModelDescription.ClassName(0, "n01440764", "tench"),
            new ModelDescription.ClassName(1, "church", null)),
        new ObjectMapper().createObjectNode().put("centerCrop", 32),
        null);
  }
}
