package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistSourceTest {
  private static final Path MNIST = Path.of("../../shared/data/mnist").toAbsolutePath().normalize();
  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("mnist").orElseThrow();
  @TempDir private Path folder;

  private Listing list(Path path) throws IOException {
    return source.list(
        ListingTasks.here(configuration), List.of(new org.apache.hadoop.fs.Path(path.toUri())));
  }

  private void idx(String name, int magic, int count, int rows, byte[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((rows > 1 ? 16 : 8) + values.length);
    bytes.putInt(magic).putInt(count);
    if (rows > 1) {
      bytes.putInt(rows).putInt(rows + 1);
    }

    bytes.put(values);
    try (OutputStream file = Files.newOutputStream(folder.resolve(name));
        OutputStream out = name.endsWith(".gz") ? new GZIPOutputStream(file) : file) {
      out.write(bytes.array());
    }
  }

  /** Writes images of 2 x 3 pixels that count up, and their labels. */
  private void pair(String part, String suffix, int... labels) throws IOException {
    byte[] pixels = new byte[6 * labels.length];
    byte[] values = new byte[labels.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }

    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }

    idx(part + "-images-idx3-ubyte" + suffix, 0x803, labels.length, 2, pixels);
    idx(part + "-labels-idx1-ubyte" + suffix, 0x801, labels.length, 1, values);
  }

  @Test
  void plainAndPackedFilesGiveTheSame() throws Exception {
    pair("train", "", 2, 0, 1, 2);
    pair("t10k", ".gz", 1, 1);
    Listing listing = list(folder);
    assertThat(listing.classes()).containsExactly("0", "1", "2");
    assertThat(listing.items().stream().map(item -> item.key() + " " + item.split() + item.label()))
        .containsExactly(
            "t10k/00000 val1",
            "t10k/00001 val1",
            "train/00000 train2",
            "train/00001 train0",
            "train/00002 train1",
            "train/00003 train2");
    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items()) {
        Content content = reader.read(item);
        assertThat(content.format()).isEqualTo("raw");
        assertThat(List.of(content.width(), content.height(), content.channels()))
            .containsExactly(3, 2, 1);
        byte first = (byte) (6 * item.index());
        assertThat(content.bytes())
            .containsExactly(first, first + 1, first + 2, first + 3, first + 4, first + 5);
      }
    }
  }

  @Test
  void theRealFilesHaveTheirPublishedCounts() throws Exception {
    assumeTrue(Files.isDirectory(MNIST), "needs shared/data/mnist beside the checkout");
    Listing listing = list(MNIST);
    long[] train = new long[10];
    long[] held = new long[10];
    listing.items().forEach(item -> (item.split().equals("train") ? train : held)[item.label()]++);
    assertThat(train).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    assertThat(held).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    byte[] pixels;
    try (var in =
        new GZIPInputStream(Files.newInputStream(MNIST.resolve("train-images-idx3-ubyte.gz")))) {
      pixels = in.readAllBytes();
    }

    try (Source.Reader reader = source.open(configuration)) {
      for (Item item : listing.items().subList(10_000, 13_000)) {
        int at = 16 + 784 * (int) item.index();
        assertThat(reader.read(item).bytes()).isEqualTo(Arrays.copyOfRange(pixels, at, at + 784));
      }
    }
  }

  @Test
  void damagedOrMissingFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> list(folder.resolve("absent"))).hasMessageContaining("doesn't exist");
    assertThatThrownBy(() -> list(folder))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("has no train-images-idx3-ubyte");
    for (String suffix : List.of("", ".gz")) {
      pair("train", suffix, 1, 2, 3);
      Path images = folder.resolve("train-images-idx3-ubyte" + suffix);
      byte[] whole = Files.readAllBytes(images);
      Files.write(images, Arrays.copyOf(whole, whole.length - 9));
      assertThatThrownBy(() -> list(folder))
          .as("cut " + suffix)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("ends too early");
      Files.delete(images);
      Files.delete(folder.resolve("train-labels-idx1-ubyte" + suffix));
    }

    pair("train", "", 1, 2);
    idx("train-labels-idx1-ubyte", 0x801, 1, 1, new byte[1]);
    assertThatThrownBy(() -> list(folder))
        .hasMessageContaining("2 images")
        .hasMessageContaining("1 labels");
    idx("train-labels-idx1-ubyte", 0x803, 1, 2, new byte[6]);
    assertThatThrownBy(() -> list(folder)).hasMessageContaining("another kind of IDX file");
    Files.writeString(folder.resolve("train-images-idx3-ubyte"), "<html>not found</html>");
    assertThatThrownBy(() -> list(folder)).hasMessageContaining("is not an IDX file");
  }

  /**
   * A count of two thousand million in a header must not allocate memory or end with a stack trace.
   */
  @Test
  void aHeaderThatStatesMoreThanTheFileHoldsIsDamage() throws IOException {
    for (String suffix : List.of("", ".gz")) {
      idx("train-images-idx3-ubyte" + suffix, 0x803, Integer.MAX_VALUE, 2, new byte[6]);
      idx("train-labels-idx1-ubyte" + suffix, 0x801, Integer.MAX_VALUE, 1, new byte[1]);
      assertThatThrownBy(() -> list(folder))
          .as(suffix)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("ends too early or is damaged");
      Files.delete(folder.resolve("train-images-idx3-ubyte" + suffix));
      Files.delete(folder.resolve("train-labels-idx1-ubyte" + suffix));
    }

    pair("train", "", 1, 2);
    byte[] more = Files.readAllBytes(folder.resolve("train-images-idx3-ubyte"));
    Files.write(folder.resolve("train-images-idx3-ubyte"), Arrays.copyOf(more, more.length + 1));
    assertThatThrownBy(() -> list(folder)).hasMessageContaining("goes on after its 2 items");
  }

  @Test
  void aLabelThatTrainLacksIsAClassAndTold() throws IOException {
    pair("train", "", 0, 2);
    pair("t10k", "", 1, 3, 3, 2);
    Listing listing = list(folder);
    assertThat(listing.classes()).containsExactly("0", "1", "2", "3");
    assertThat(listing.warnings())
        .containsExactly("2 classes with 3 validation pictures have no training pictures: 1, 3");
  }

  @Test
  void withoutT10kValidationIsLeftToTheCaller() throws IOException {
    pair("train", ".gz", 0, 1);
    Listing listing = list(folder);
    assertThat(listing.hasValidation()).isFalse();
    assertThat(listing.warnings()).singleElement().asString().contains("no t10k files");
  }
}
