package convoy.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.dataset.ShardReader;
import convoy.data.generate.Generator;
import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectIT {
  @TempDir private Path folder;
  private Path dataset;

  @BeforeEach
  void prepare() throws IOException {
    Path pictures = folder.resolve("pictures");
    Generator.write(pictures, 3, 10, 40, 7);
    Path first;
    try (var files = Files.walk(pictures.resolve("train"))) {
      first = files.filter(Files::isRegularFile).min(Path::compareTo).orElseThrow();
    }

    Files.copy(first, first.resolveSibling("again.jpg"));
    Files.writeString(first.resolveSibling("note.txt"), "no picture");
    dataset = folder.resolve("dataset");
    assertThat(run("prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset).exitCode())
        .isZero();
  }

  private static ConsoleCapture run(String... arguments) {
    System.setProperty("spark.master", "local[2]");
    try {
      return ConsoleCapture.of(arguments);
    } finally {
      System.clearProperty("spark.master");
    }
  }

  @Test
  void aDatasetIsDescribedAndLeftAsItIs() throws IOException {
    ConsoleCapture text = run("inspect", dataset.toString(), "--verify");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out())
        .contains(
            "classes     3",
            "train       31 examples",
            "a class has 10 to 11",
            "largest class of a shard 11, smallest 10; a class differs by 0 between shards",
            "pictures of 40 x 40 pixels; ",
            "0 in both splits, 1 twice in one class",
            "quarantine  not-a-picture 1",
            "every row was read, every hash is right");
    JsonNode json = new ObjectMapper().readTree(run("inspect", dataset.toString(), "--json").out());
    assertThat(json.at("/splits/train/examples").asInt()).isEqualTo(31);
    assertThat(json.at("/splits/train/formats/jpeg").asInt()).isEqualTo(31);
    assertThat(json.at("/quarantine/not-a-picture").asInt()).isEqualTo(1);
  }

  @Test
  void thePictureShowsExamplesWithTheirClasses() throws Exception {
    Path sheet = folder.resolve("sheet.png");
    ConsoleCapture run = run("inspect", dataset.toString(), "--picture=" + sheet);
    assertThat(run.err()).contains("convoy inspect: picture written to file:" + sheet + "\n");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Picture picture = Decoder.decode(Files.readAllBytes(sheet));
    assertThat(picture.width()).isEqualTo(8 * 116 + 4);
    assertThat(picture.height()).isEqualTo(4 * 132 + 4);
    byte[] row = Arrays.copyOfRange(picture.pixels(), 0, 3 * picture.width());
    assertThat(row).containsOnly(-1);
    // Text under the first picture, a picture above it.
    assertThat(dark(picture, 4, 4 + 112, 112, 16)).isBetween(10, 800);
    assertThat(tile(picture)).isEqualTo(Resampler.shortSide(firstExample(), 112).pixels());
  }

  private Picture firstExample() throws Exception {
    String shard = dataset.resolve("train/part-00000.parquet").toString();
    try (ShardReader reader =
        ShardReader.open(
            HadoopSettings.local().configuration(), new org.apache.hadoop.fs.Path(shard))) {
      return Decoder.decode(reader.read(0).get(0).image());
    }
  }

  private static byte[] tile(Picture sheet) {
    byte[] tile = new byte[3 * 112 * 112];
    for (int y = 0; y < 112; y++) {
      System.arraycopy(
          sheet.pixels(), 3 * ((4 + y) * sheet.width() + 4), tile, y * 3 * 112, 3 * 112);
    }

    return tile;
  }

  /** Pixels of a part that aren't near white. */
  private static int dark(Picture picture, int left, int top, int width, int height) {
    int dark = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        dark += (picture.pixels()[3 * (y * picture.width() + x)] & 0xff) < 200 ? 1 : 0;
      }
    }

    return dark;
  }

  @Test
  void aDamagedShardIsNamed() throws IOException {
    Path shard = dataset.resolve("train/part-00000.parquet");
    byte[] bytes = Files.readAllBytes(shard);
    bytes[bytes.length / 2] ^= 1;
    Files.write(shard, bytes);
    ConsoleCapture run = run("inspect", dataset.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("train/part-00000.parquet", "is damaged").hasLineCount(1);
    ConsoleCapture none = run("inspect", folder.resolve("pictures").toString());
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.err()).contains("has no manifest.json");
  }

  @Test
  void aSplitWithoutAWholeShardHasNoSizes() throws IOException {
    Path shard = dataset.resolve("train/part-00000.parquet");
    Files.write(shard, new byte[100]);
    ConsoleCapture run = run("inspect", dataset.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("none of its shards is whole", "pictures of 40 x 40 pixels; ")
        .doesNotContain("2147483647", "9223372036854775807");
    JsonNode json = new ObjectMapper().readTree(run("inspect", dataset.toString(), "--json").out());
    assertThat(json.at("/splits/train/width").isNull()).isTrue();
    assertThat(json.at("/splits/val/largestClass/most").asInt()).isEqualTo(2);
  }

  @Test
  void verifyComparesTheRowsWithTheManifestsCounts() throws IOException {
    var configuration = HadoopSettings.local().configuration();
    var path = new org.apache.hadoop.fs.Path(dataset.toUri());
    Manifest right = Manifests.read(configuration, path);
    Manifest.Split train = right.splits().get("train");
    Map<String, Manifest.Split> splits = new LinkedHashMap<>(right.splits());
    splits.put(
        "train", new Manifest.Split(32, train.bytes() + 5, List.of(11L, 11L, 10L), train.files()));
    Manifests.write(
        configuration,
        path,
        new Manifest(
            right.formatVersion(),
            right.classes(),
            splits,
            right.statistics(),
            right.provenance()));
    assertThat(run("inspect", dataset.toString()).exitCode()).isZero();
    ConsoleCapture run = run("inspect", dataset.toString(), "--verify");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains(
            "train has 31 examples, the manifest says 32",
            "train has %d bytes of pictures, the manifest says %d"
                .formatted(train.bytes(), train.bytes() + 5),
            "train has 10 examples of class 1, the manifest says 11")
        .hasLineCount(3);
    assertThat(run.out()).contains("damaged     3 differences from the manifest");
  }

  @Test
  void equalPicturesAreFoundOverShardsAndSplits() throws IOException {
    Path pictures = folder.resolve("equal");
    Generator.write(pictures, 2, 10, 40, 3);
    Path one;
    Path two;
    try (var folders = Files.list(pictures.resolve("train"))) {
      List<Path> classes = folders.sorted().toList();
      one = classes.get(0);
      two = classes.get(1);
    }

    // One content in two classes and both splits, one in both splits, one three times in a class.
    Path val = pictures.resolve("val");
    Files.copy(one.resolve("0000.jpg"), two.resolve("a.jpg"));
    Files.copy(one.resolve("0000.jpg"), val.resolve(one.getFileName()).resolve("a.jpg"));
    Files.copy(two.resolve("0001.jpg"), val.resolve(two.getFileName()).resolve("b.jpg"));
    Files.copy(two.resolve("0002.jpg"), two.resolve("c.jpg"));
    Files.copy(two.resolve("0002.jpg"), two.resolve("d.jpg"));
    Path out = folder.resolve("equal-dataset");
    assertThat(run("prepare", "--source=folder", "--in=" + pictures, "--out=" + out).exitCode())
        .isZero();
    JsonNode json = new ObjectMapper().readTree(run("inspect", out.toString(), "--json").out());
    assertThat(json.path("duplicates").toString())
        .isEqualTo("{\"inClass\":1,\"inClasses\":1,\"inSplits\":2}");
  }
}
