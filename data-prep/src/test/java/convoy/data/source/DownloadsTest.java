package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests downloads in other forms than a source reads: they are read, or the message names them. */
class DownloadsTest {
  private final Configuration configuration = new Configuration();
  @TempDir private Path folder;

  private Listing list(String source, Path in) throws IOException {
    return Sources.named(source)
        .orElseThrow()
        .list(ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(in.toUri())));
  }

  private void refused(String source, Path in, String... message) {
    assertThatThrownBy(() -> list(source, in))
        .as("%s %s", source, in)
        .isInstanceOf(SourceException.class)
        .hasMessageContainingAll(message);
  }

  private static List<String> rows(Listing listing) {
    return listing.items().stream()
        .map(item -> item.key() + " " + item.split() + " " + listing.classes().get(item.label()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "webdataset, train.tar.gz, is a packed tar",
    "webdataset, train.tar.bz2, is a packed tar",
    "webdataset, train.tgz, is a packed tar",
    "webdataset, all.zip, unpack it",
    "webdataset, cifar-10-binary.tar.gz, --source cifar10",
    "webdataset, list.csv, --source csv",
    "cifar10, cifar-100-binary.tar.zip, is CIFAR-100",
    "cifar10, cifar-10-batches-bin, --source cifar10 with --in naming it",
    "cifar10, data_batch_1, is CIFAR-10 as Python's pickle",
    "cifar10, train-images-idx3-ubyte.gz, --source mnist",
    "imagenet, ILSVRC2012_img_train.tar.gz, is a packed tar",
    "imagenet, train-0.tar, --source webdataset",
    "mnist, train.csv, --source csv",
    "folder, n01440764.tar, --source imagenet",
    "folder, data.parquet, write its pictures into class folders",
    "folder, notes.txt, it holds notes.txt"
  })
  void whatIsThereIsNamedWithWhatToDo(String source, String name, String advice)
      throws IOException {
    if (name.endsWith("-bin")) {
      Files.createDirectory(folder.resolve(name));
    } else {
      Files.writeString(folder.resolve(name), "anything");
    }

    refused(source, folder, name, advice);
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b08, gzip, gunzip",
    "425a6839, bzip2, bunzip2",
    "fd377a585a00, xz, unxz",
    "28b52ffd, zstd, unzstd",
    "504b0304, zip, unzip"
  })
  void aPackedFileThatIsNamedTarIsNoDamagedTar(String magic, String packer, String tool)
      throws IOException {
    byte[] bytes = new byte[2000];
    byte[] first = HexFormat.of().parseHex(magic);
    System.arraycopy(first, 0, bytes, 0, first.length);
    Files.write(folder.resolve("train.tar"), bytes);
    refused("webdataset", folder, "is packed with " + packer, tool + " it");
  }

  @Test
  void otherFormsOfCifarAreNamedWhateverTheArchiveIsCalled() throws IOException {
    Path archive = folder.resolve("download.tar.gz");
    Files.write(archive, Tars.packed(Tars.of(Map.of("cifar-100-binary/train.bin", new byte[9]))));
    refused("cifar10", folder, "is CIFAR-100", "use --source folder");
    Files.write(
        archive, Tars.packed(Tars.of(Map.of("cifar-10-batches-py/data_batch_1", new byte[9]))));
    refused("cifar10", folder, "Python's pickle", "fetch cifar-10-binary.tar.gz");
  }

  @Test
  void imagenetsTrainingTarUnpackedOnceGivesTheSameItems() throws Exception {
    Map<String, byte[]> outer = new LinkedHashMap<>();
    for (String wnid : List.of("n09193705", "n01751748")) {
      outer.put(wnid + ".tar", Tars.of(Map.of(wnid + "_1.JPEG", Tars.bytes("of " + wnid))));
    }

    Path packed = Files.createDirectory(folder.resolve("packed"));
    Files.write(packed.resolve(ImagenetSource.TRAIN), Tars.of(outer));
    Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
    for (Map.Entry<String, byte[]> tar : outer.entrySet()) {
      Files.write(unpacked.resolve(tar.getKey()), tar.getValue());
    }

    Listing listing = list("imagenet", unpacked);
    assertThat(rows(listing)).hasSize(2).isEqualTo(rows(list("imagenet", packed)));
    try (Source.Reader reader = Sources.named("imagenet").orElseThrow().open(configuration)) {
      assertThat(reader.read(listing.items().get(0)).bytes()).isEqualTo(Tars.bytes("of n01751748"));
    }

    Files.write(unpacked.resolve("n02105855.tar"), new byte[1024]);
    assertThat(list("imagenet", unpacked).warnings())
        .anyMatch(told -> told.endsWith("n02105855.tar has no files: no class is made of it"));
    Files.write(unpacked.resolve("n02105855.tar"), Tars.bytes("a page of HTML".repeat(60)));
    refused("imagenet", unpacked, "n02105855.tar", "fetch it again");
  }

  /** Writes two digits of 2 x 2 pixels, or their labels. */
  private static void idx(Path file, int magic) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(magic == 0x803 ? 24 : 10).putInt(magic).putInt(2);
    if (magic == 0x803) {
      bytes.putInt(2).putInt(2);
    }

    Files.createDirectories(file.getParent());
    Files.write(file, bytes.array());
  }

  @ParameterizedTest
  @ValueSource(strings = {"%1$s/%1$s", "%2$s"})
  void mnistIsReadAsKaggleLaysItOut(String layout) throws IOException {
    for (String part : List.of("train", "t10k")) {
      for (String kind : List.of("images-idx3-ubyte", "labels-idx1-ubyte")) {
        String name = part + "-" + kind;
        int magic = kind.startsWith("images") ? 0x803 : 0x801;
        idx(folder.resolve(layout.formatted(name, name.replace("-idx", ".idx"))), magic);
        Files.createDirectories(folder.resolve(name));
      }
    }

    assertThat(rows(list("mnist", folder)))
        .containsExactly(
            "t10k/00000 val 0", "t10k/00001 val 0", "train/00000 train 0", "train/00001 train 0");
  }

  @Test
  void aValWithoutPicturesIsTold() throws IOException {
    Files.createDirectories(folder.resolve("val/a"));
    Files.createDirectories(folder.resolve("train/a"));
    Files.writeString(folder.resolve("train/a/1.jpg"), "1");
    Listing listing = list("folder", folder);
    assertThat(listing.hasValidation()).isFalse();
    assertThat(listing.warnings().get(0)).contains("val/a has no files: its class has no valid");
    assertThat(listing.warnings())
        .anyMatch(told -> told.matches(".*/val holds no picture: val is what --val-fraction .*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "folder",
        "imagenet",
        "tiny-imagenet",
        "mnist",
        "cifar10",
        "csv",
        "jsonl",
        "webdataset"
      })
  @Timeout(20)
  void aPipeOrDeviceAsInputIsRefusedAtOnce(String source) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
    for (Path in : List.of(pipe, link, Path.of("/dev/zero"))) {
      refused(source, in, in + " is a pipe, socket or device: name a file or folder");
    }
  }
}
