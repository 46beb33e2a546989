package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.source.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
  private final List<Item> items = new ArrayList<>();
  private final List<Checked> checked = new ArrayList<>();

  private void add(String split, int label, String content) {
    String key = split + "/" + items.size();
    items.add(new Item(key, split, label, 10, "file:/" + key, 0));
    ContentHash hash = ContentHash.of(content.getBytes(StandardCharsets.UTF_8));
    checked.add(new Checked("jpeg", 10, 10, 3, 10, null, null, hash, hash, null));
  }

  private List<String> reasons(boolean drawn) {
    return Duplicates.reject(items, checked, drawn).stream().map(Checked::reason).toList();
  }

  @Test
  void equalContentIsCountedByWhereItIs() {
    add("train", 0, "alone");
    add("train", 0, "two classes");
    add("train", 1, "two classes");
    add("train", 1, "both splits");
    add("val", 1, "both splits");
    add("train", 2, "one class");
    add("train", 2, "one class");
    items.add(new Item("bad", "train", 0, 10, "file:/bad", 0));
    checked.add(Checked.rejected("jpeg", "truncated", "the end is missing"));
    Duplicates duplicates =
        Duplicates.count(items, checked, i -> items.get(i).split().equals(Item.TRAIN));
    assertThat(duplicates).isEqualTo(new Duplicates(1, 1, "train/1 = train/2"));
    assertThat(duplicates.summary()).isEqualTo("1 in two classes, 1 in both splits");
    assertThat(reasons(false))
        .containsExactly(
            null,
            "duplicate-in-classes",
            "duplicate-in-classes",
            "duplicate-in-splits",
            null,
            null,
            null,
            "truncated");
    assertThat(reasons(true))
        .startsWith(null, "duplicate-in-classes")
        .endsWith("duplicate", "truncated");
    assertThat(Duplicates.reject(items, checked, false).get(1).message())
        .isEqualTo("the same bytes as train/2");
  }

  @Test
  void withoutEqualContentNothingIsTold() {
    add("train", 0, "a");
    add("val", 0, "b");
    assertThat(Duplicates.count(items, checked, i -> true).none()).isTrue();
    assertThat(Duplicates.reject(items, checked, true)).isEqualTo(checked);
  }
}
