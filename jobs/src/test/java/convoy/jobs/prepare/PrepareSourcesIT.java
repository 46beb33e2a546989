package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.SmallHdfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources as they are downloaded, with photographs, listed and read by Spark. */
class PrepareSourcesIT {
  private static final Path IMAGENETTE = PrepareRun.DATA.resolve("imagenette224");
  private static final Path META = PrepareRun.DATA.resolve("imagenet_meta");
  private static final int A_CLASS = 2;

  @TempDir private Path folder;

  /** ILSVRC2012 in small: Imagenette's ten classes, two pictures of each in either split. */
  private Path imagenet() throws IOException {
    assumeTrue(
        Files.isDirectory(IMAGENETTE), "needs shared/data/imagenette224 beside the checkout");
    assumeTrue(Files.isDirectory(META), "needs shared/data/imagenet_meta beside the checkout");
    Path in = Files.createDirectories(folder.resolve("imagenet"));
    Map<String, byte[]> tars = new TreeMap<>();
    pictures("train.tar").forEach((wnid, pictures) -> tars.put(wnid + ".tar", tar(pictures)));
    Files.write(in.resolve("ILSVRC2012_img_train.tar"), tar(tars));
    Map<String, byte[]> held = new TreeMap<>();
    pictures("val.tar").values().forEach(held::putAll);
    Files.write(in.resolve("ILSVRC2012_img_val.tar"), tar(held));
    for (String name : List.of("synsets.txt", "synset_words.txt", "val.txt")) {
      Files.copy(META.resolve(name), in.resolve(name));
    }

    return in;
  }

  /** The first pictures of each class, by class and name. */
  private static Map<String, Map<String, byte[]>> pictures(String tar) throws IOException {
    Map<String, Map<String, byte[]>> classes = new TreeMap<>();
    try (TarFile file = new TarFile(IMAGENETTE.resolve(tar))) {
      for (TarArchiveEntry entry : file.getEntries()) {
        String[] parts = entry.getName().split("/", -1);
        // Of val those that ILSVRC2012 has in val too: their classes are known.
        if (!entry.isFile() || (tar.startsWith("val") && !parts[2].startsWith("ILSVRC2012_val_"))) {
          continue;
        }

        Map<String, byte[]> pictures = classes.computeIfAbsent(parts[1], wnid -> new TreeMap<>());
        if (pictures.size() < A_CLASS) {
          pictures.put(parts[2], file.getInputStream(entry).readAllBytes());
        }
      }
    }

    return classes;
  }

  static byte[] tar(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }

    return bytes.toByteArray();
  }

  private static void prepared(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }

  @Test
  void imagenetIsPreparedFromItsTarsWithAnyNumberOfTasksAndFromHdfs() throws Exception {
    Path in = imagenet();
    Path out = folder.resolve("one");
    prepared(PrepareRun.run("local[1]", 1, PrepareRun.arguments("imagenet", in, out)));
    JsonNode manifest = PrepareRun.json(out.resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/classCounts").toString())
        .isEqualTo("[2,2,2,2,2,2,2,2,2,2]");
    assertThat(manifest.at("/splits/val/examples").asInt()).isEqualTo(10 * A_CLASS);
    assertThat(manifest.at("/classes/0/name").asText()).isEqualTo("n01440764");
    assertThat(manifest.at("/classes/0/words").asText()).isEqualTo("tench, Tinca tinca");

    Path two = folder.resolve("two");
    prepared(PrepareRun.run("local[2]", 7, PrepareRun.arguments("imagenet", in, two)));
    assertThat(PrepareRun.content(two)).containsExactlyEntriesOf(PrepareRun.content(out));

    try (SmallHdfs hdfs = SmallHdfs.start(folder)) {
      hdfs.files()
          .copyFromLocalFile(
              new org.apache.hadoop.fs.Path(in.toUri()),
              new org.apache.hadoop.fs.Path("/imagenet"));
      Path three = folder.resolve("three");
      prepared(
          PrepareRun.run(
              "local[2]",
              2,
              "prepare",
              "--source=imagenet",
              "--in=" + hdfs.root() + "/imagenet",
              "--out=" + three));
      assertThat(PrepareRun.content(three)).containsExactlyEntriesOf(PrepareRun.content(out));
    }
  }

  @Test
  void aFixedListOfClassesGivesTheirLabels() throws Exception {
    Path in = imagenet();
    Path out = folder.resolve("dataset");
    String[] arguments =
        PrepareRun.arguments(
            "imagenet", in, out, "--classes", META.resolve("synset_words.txt").toString());
    prepared(PrepareRun.run("local[2]", 2, arguments));
    JsonNode manifest = PrepareRun.json(out.resolve("manifest.json"));
    assertThat(manifest.at("/classes")).hasSize(1000);
    assertThat(manifest.at("/splits/train/classCounts/0").asInt()).isEqualTo(2);
    assertThat(manifest.at("/splits/train/classCounts/574").asInt()).isEqualTo(2); // golf ball
    assertThat(manifest.at("/splits/train/classCounts/1").asInt()).isZero();

    Path few = Files.writeString(folder.resolve("few.txt"), "n01440764 tench\n");
    ConsoleCapture lacking =
        PrepareRun.run(
            "local[2]",
            2,
            PrepareRun.arguments(
                "imagenet", in, folder.resolve("other"), "--classes", few.toString()));
    assertThat(lacking.exitCode()).isEqualTo(3);
    assertThat(lacking.err()).contains("few.txt lacks 9 classes of the source").hasLineCount(1);
  }

  @Test
  void aCutTarInsideTheTarEndsWithOneLine() throws Exception {
    Path in = imagenet();
    Map<String, byte[]> tars = new TreeMap<>();
    for (var pictures : pictures("train.tar").entrySet()) {
      byte[] whole = tar(pictures.getValue());
      boolean cut = pictures.getKey().equals("n02102040");
      tars.put(pictures.getKey() + ".tar", cut ? Arrays.copyOf(whole, 20_000) : whole);
    }

    Files.write(in.resolve("ILSVRC2012_img_train.tar"), tar(tars));
    ConsoleCapture run =
        PrepareRun.run(
            "local[2]", 4, PrepareRun.arguments("imagenet", in, folder.resolve("dataset")));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("n02102040.tar is not a complete tar", "fetch it again")
        .hasLineCount(1);
    assertThat(folder.resolve("dataset")).doesNotExist();
  }

  @Test
  void listsAndWebDatasetHoldTheSamePicturesAsTheTars() throws Exception {
    Path in = imagenet();
    Map<String, byte[]> samples = new HashMap<>();
    List<String> csv = new ArrayList<>(List.of("path,label,split"));
    for (var pictures : pictures("train.tar").entrySet()) {
      for (var picture : pictures.getValue().entrySet()) {
        String name = picture.getKey().replace(".JPEG", "");
        samples.put(name + ".jpg", picture.getValue());
        samples.put(name + ".cls", pictures.getKey().getBytes(StandardCharsets.UTF_8));
        Files.write(in.resolve(picture.getKey()), picture.getValue());
        csv.add(picture.getKey() + "," + pictures.getKey() + ",train");
      }
    }

    Path tars = Files.createDirectories(folder.resolve("wds"));
    Files.write(tars.resolve("train-0.tar"), tar(new TreeMap<>(samples)));
    Path list = Files.write(in.resolve("list.csv"), csv);
    Map<String, Path> inputs = Map.of("webdataset", tars, "csv", list);
    for (var input : inputs.entrySet()) {
      Path out = folder.resolve(input.getKey());
      prepared(
          PrepareRun.run(
              "local[2]",
              2,
              PrepareRun.arguments(input.getKey(), input.getValue(), out, "--val-fraction", "0")));
      JsonNode manifest = PrepareRun.json(out.resolve("manifest.json"));
      assertThat(manifest.at("/splits/train/classCounts").toString())
          .isEqualTo("[2,2,2,2,2,2,2,2,2,2]");
      assertThat(manifest.at("/classes/9/name").asText()).isEqualTo("n03888257");
    }
  }

  @Test
  void aHostileEntryOfAWebDatasetIsALineOfQuarantineAndTheOthersAreKept() throws Exception {
    Path in = Files.createDirectories(folder.resolve("wds"));
    SmallInputs.write("webdataset", in);
    Map<String, byte[]> samples = new TreeMap<>();
    samples.put("../../up.jpg", new byte[10]);
    samples.put("../../up.cls", "cat".getBytes(StandardCharsets.US_ASCII));
    Files.write(in.resolve("train-9.tar"), tar(samples));
    Path out = folder.resolve("dataset");
    prepared(PrepareRun.run("local[2]", 2, PrepareRun.arguments("webdataset", in, out)));
    assertThat(PrepareRun.quarantine(out))
        .singleElement()
        .hasToString(
            "{\"key\":\"train-9.tar/../../up.jpg\",\"reason\":\"unsafe-name\","
                + "\"format\":null,\"action\":\"rejected\","
                + "\"message\":\"a name that leads out of its archive\"}");
    JsonNode manifest = PrepareRun.json(out.resolve("manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(100);
    assertThat(manifest.at("/classes")).hasSize(10);
  }
}
