package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedClassesTest {
  @TempDir private Path folder;

  /** Creates a listing with one item of each class. */
  private static Listing listing(Map<String, String> words, String... classes) {
    List<Item> items = new ArrayList<>();
    for (String name : classes) {
      items.add(new Item(name, Item.TRAIN, items.size(), 1, "file:/x", 0));
    }

    return new Listing(List.of(classes), words, items, 0, List.of());
  }

  private Listing fixed(Listing listing, String text) throws IOException {
    Path list = Files.writeString(folder.resolve("classes.txt"), text);
    return FixedClasses.apply(
        new Configuration(), new org.apache.hadoop.fs.Path(list.toUri()), listing);
  }

  private static List<String> classOfEachItem(Listing listing) {
    return listing.items().stream()
        .map(item -> item.key() + " is " + listing.classes().get(item.label()))
        .toList();
  }

  @Test
  void namesMayHaveSpaces() throws IOException {
    Listing listing = listing(Map.of(), "cat", "dining room", "dining table", "n01 x");
    Listing fixed =
        fixed(
            listing,
            "dining table\ncat  Felis catus\r\ndining room\t a room, to dine in\nn01 x\nother one");
    assertThat(fixed.classes())
        .containsExactly("dining table", "cat", "dining room", "n01 x", "other");
    assertThat(classOfEachItem(fixed)).allMatch(line -> line.matches("(.*) is \\1"));
    assertThat(fixed.words())
        .containsEntry("dining table", "")
        .containsEntry("cat", "Felis catus")
        .containsEntry("dining room", "a room, to dine in")
        .containsEntry("other", "one");
    assertThat(fixed.warnings()).singleElement().asString().contains("without pictures: other");
  }

  @Test
  void wordsOfTheSourceStayWhereTheListHasNone() throws IOException {
    Listing listing = listing(Map.of("n1", "tench", "n2", "cock"), "n1", "n2", "n3");
    Listing fixed = fixed(listing, "n3\nn2 rooster\nn1\n");
    assertThat(fixed.words())
        .containsEntry("n1", "tench")
        .containsEntry("n2", "rooster")
        .containsEntry("n3", "");
  }

  @Test
  void numbersOfTheSourceAreLinesOfTheList() throws IOException {
    Listing fixed = fixed(listing(Map.of("2", "words of two"), "0", "2"), "zero\none\ntwo\n");
    assertThat(classOfEachItem(fixed)).containsExactly("0 is zero", "2 is two");
    assertThat(fixed.words()).containsEntry("two", "words of two");
  }

  @Test
  void aClassNamedTwiceOrNotAtAllIsAnError() {
    assertThatThrownBy(() -> fixed(listing(Map.of(), "cat"), "cat\ndining room\ndining table\n"))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("names the class dining twice; a tab ends a name with spaces");
    assertThatThrownBy(() -> fixed(listing(Map.of(), "cat", "dog"), "cat\n"))
        .hasMessageContaining("lacks 1 classes of the source: dog");
  }
}
