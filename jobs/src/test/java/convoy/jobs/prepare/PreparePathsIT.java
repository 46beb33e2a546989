package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Example;
import convoy.data.dataset.ShardReader;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arguments, folders and names as people have them. */
class PreparePathsIT extends OnDrawnPictures {
  @Test
  void wrongArgumentsAreToldTogether() {
    ConsoleCapture wrong =
        PrepareRun.run(
            "local[1]",
            1,
            PrepareRun.arguments(
                "foldr", pictures, out(), "--val-fraction", "1", "--shard-mb", "0"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("did you mean folder?")
        .contains("--val-fraction 1.0")
        .contains("--shard-mb");
    ConsoleCapture inside = PrepareRun.folder(pictures, pictures.resolve("train/dataset"));
    assertThat(inside.exitCode()).isEqualTo(2);
    assertThat(inside.err()).contains("lie inside one another");
    ConsoleCapture around = PrepareRun.folder(pictures, pictures.getParent());
    assertThat(around.exitCode()).isEqualTo(2);
    ConsoleCapture twice =
        PrepareRun.folder(pictures, out(), "--in", pictures.resolve("train").toString());
    assertThat(twice.exitCode()).isEqualTo(2);
    assertThat(twice.err()).contains("lie inside one another: name the outer one");
    ConsoleCapture shortSide = PrepareRun.folder(pictures, out(), "--short-side", "3");
    assertThat(shortSide.exitCode()).isEqualTo(2);
    assertThat(shortSide.err()).contains("--short-side 3 must be at least 8");
  }

  @Test
  void namesOfAnyKindBecomeKeys() throws IOException {
    Path in = Files.createDirectories(folder.resolve("odd root %41 #/ein Ä/deep er"));
    byte[] picture = Files.readAllBytes(first(pictures));
    List<String> names =
        List.of("a b", "100%", "%41", "#1.jpg", "[x]*?.jpg", "a+b", "'q\"", "é 漢.jpg", "_u", "a:b");
    for (String name : names) {
      Files.write(in.resolve(name), picture);
    }

    Files.write(in.resolve(".hidden.jpg"), picture);
    Path root = folder.resolve("odd root %41 #");
    ConsoleCapture run =
        PrepareRun.folder(root, folder.resolve("öut %20"), "--json", "--val-fraction", "0");
    prepared(run);
    JsonNode result = new ObjectMapper().readTree(run.out());
    assertThat(result.at("/splits/train/examples").asInt()).isEqualTo(names.size());
    assertThat(result.path("hidden").asInt()).isEqualTo(1);
    String shard = folder.resolve("öut %20/train/part-00000.parquet").toString();
    try (ShardReader reader =
        ShardReader.open(
            HadoopSettings.local().configuration(), new org.apache.hadoop.fs.Path(shard))) {
      assertThat(reader.read(0).stream().map(Example::key))
          .containsExactlyInAnyOrderElementsOf(
              names.stream().map(name -> "ein Ä/deep er/" + name).toList());
    }
  }

  @Test
  void everyNameInAFolderIsAnExampleOrALineAndNothingIsReadTwiceOrForEver() throws Exception {
    Path in = copy();
    Path ring = firstClass(in);
    Files.createSymbolicLink(ring.resolve("self"), Path.of("."));
    Files.createSymbolicLink(ring.resolve("nowhere.jpg"), Path.of("gone.jpg"));
    Files.createSymbolicLink(ring.resolve("a:b.jpg"), ring.resolve("0001.jpg"));
    assertThat(new ProcessBuilder("mkfifo", ring.resolve("pipe").toString()).start().waitFor())
        .isZero();
    Files.write(Path.of(java.net.URI.create(ring.toUri() + "lat%E4.jpg")), new byte[10]);
    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    JsonNode manifest = PrepareRun.json(out().resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(161);
    assertThat(PrepareRun.quarantine(out()))
        .extracting(line -> line.get("key").asText().replaceFirst(".*/", ""))
        .containsExactlyInAnyOrder("nowhere.jpg", "lat\\xE4.jpg");
  }

  @Test
  void picturesBehindALinkAreNotOverwritten() throws IOException {
    Path in = copy();
    Path link = Files.createSymbolicLink(folder.resolve("link"), in);
    ConsoleCapture run = PrepareRun.folder(in, link, "--overwrite");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("lie inside one another");
    assertThat(PrepareRun.folder(in, link.resolve("dataset")).exitCode()).isEqualTo(2);
    assertThat(in.resolve("train")).isDirectory();
  }

  @Test
  void aFolderTrainOfFoldersIsTheTrainingSplitWhateverLiesBesideIt() throws IOException {
    Path in = copy();
    Files.move(in.resolve("val"), in.resolve("meta"));
    ConsoleCapture run = PrepareRun.folder(in, out());
    prepared(run);
    assertThat(PrepareRun.json(out().resolve("manifest.json")).at("/classes").size()).isEqualTo(4);
  }
}
