package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetSourceTest {
  private static final byte[] SAMPLE = Tars.bytes("bytes of a picture");
  private final Configuration configuration = new Configuration();
  private final Source source = Sources.named("webdataset").orElseThrow();
  @TempDir private Path folder;

  private Listing list(String... inputs) throws IOException {
    return source.list(
        ListingTasks.here(configuration),
        Stream.of(inputs)
            .map(input -> new org.apache.hadoop.fs.Path(folder.resolve(input).toUri()))
            .toList());
  }

  private void tar(String name, Map<String, byte[]> files) throws IOException {
    Files.createDirectories(folder.resolve(name).getParent());
    Files.write(folder.resolve(name), Tars.of(files));
  }

  private static Map<String, byte[]> sample(String label) {
    return Map.of("a.jpg", SAMPLE, "a.cls", Tars.bytes(label));
  }

  @Test
  void aTarsNameTellsItsSplit() throws IOException {
    List<String> train =
        List.of("000", "train-00", "a-training", "latest-00", "values", "retest", "invalid_0");
    List<String> held =
        List.of("val", "imagenet-val-000", "cifar_test", "x.validation.0", "val2017", "Valid-1");
    for (String name : Stream.concat(train.stream(), held.stream()).toList()) {
      tar("in/" + name + ".tar", sample("cat"));
    }

    Listing listing = list("in");
    assertThat(listing.items()).hasSize(train.size() + held.size());
    assertThat(listing.items())
        .allSatisfy(
            item -> {
              String name = item.key().replace(".tar/a.jpg", "");
              assertThat(item.split())
                  .as(name)
                  .isEqualTo(held.contains(name) ? Item.VALIDATION : Item.TRAIN);
            });
  }

  @Test
  void tarsOfOneNameInTwoFoldersAreTwoSplits() throws IOException {
    tar("my-test/train/00000.tar", sample("cat"));
    tar("my-test/val/00000.tar", sample("cat"));
    List<String> expected = List.of("train/00000.tar/a.jpg train", "val/00000.tar/a.jpg val");
    for (String[] inputs :
        new String[][] {
          {"my-test/train", "my-test/val"},
          {"my-test/val/00000.tar", "my-test/train/00000.tar"}
        }) {
      assertThat(list(inputs).items())
          .extracting(item -> item.key() + " " + item.split())
          .containsExactlyElementsOf(expected);
    }

    // Folders with the same name are numbered. The tar's own name takes precedence over its
    // folder's.
    tar("one/shards/train-0.tar", sample("cat"));
    tar("two/shards/train-0.tar", sample("cat"));
    assertThat(list("one/shards", "two/shards").items())
        .extracting(Item::key)
        .containsExactly("1-shards/train-0.tar/a.jpg", "2-shards/train-0.tar/a.jpg");
    tar("test/train-0.tar", sample("cat"));
    assertThat(list("test").hasValidation()).isFalse();
  }

  @Test
  void aClassIsTextOrALabelThatIsThere() throws IOException {
    tar("train.tar", Map.of("a.JPG", SAMPLE, "a.CLS", Tars.bytes("{7}\n")));
    assertThat(list("").classes()).containsExactly("{7}");
    for (String json : List.of("{\"label\": null}", "{}", "", "[]", "{\"label\": {}}", "3")) {
      tar("train.tar", Map.of("a.jpg", SAMPLE, "a.json", Tars.bytes(json)));
      assertThatThrownBy(() -> list(""))
          .as(json)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("has no class in a.json");
    }
  }

  @Test
  void aCutTarIsAnErrorWhereverItIsCut() throws Exception {
    byte[] whole = Tars.of(new LinkedHashMap<>(sample("cat")));
    for (int size = 1; size < whole.length - 512; size += 100) {
      Files.write(folder.resolve("train.tar"), Arrays.copyOf(whole, size));
      assertThatThrownBy(() -> list(""))
          .as("%d of %d bytes", size, whole.length)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("fetch it again");
    }
  }
}
