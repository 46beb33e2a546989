package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A list of classes that fixes their labels. Each line has a class, optionally followed by its
 * words, as in synset_words.txt.
 */
public final class FixedClasses {
  private FixedClasses() {}

  /**
   * Returns the listing with the list's labels, and with its words where the list has some. If the
   * source knows its classes by numbers only, the lines of the list, counted from 0, name them.
   *
   * @throws SourceException for a class that the list lacks, or if the list can't be read
   */
  public static Listing apply(Configuration configuration, Path list, Listing listing)
      throws IOException {
    Map<String, String> words = TextLines.words(configuration, list, Set.copyOf(listing.classes()));
    List<String> names = List.copyOf(words.keySet());
    int[] labels =
        isNumbered(listing, names)
            ? listing.classes().stream().mapToInt(Integer::parseInt).toArray()
            : listing.classes().stream().mapToInt(names::indexOf).toArray();
    TreeSet<String> strangers = new TreeSet<>();
    TreeSet<String> empty = new TreeSet<>(names);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= names.size()) {
        strangers.add(listing.classes().get(i));
      } else {
        empty.remove(names.get(labels[i]));
        String known = listing.words().getOrDefault(listing.classes().get(i), "");
        words.merge(names.get(labels[i]), known, (own, other) -> own.isEmpty() ? other : own);
      }
    }

    if (!strangers.isEmpty()) {
      throw new SourceException(
          "%s lacks %d classes of the source: %s%s"
              .formatted(
                  list,
                  strangers.size(),
                  Candidates.some(strangers),
                  hasComposed(names, strangers.first())
                      ? " (it has the same letters in another Unicode form)"
                      : ""));
    }

    List<String> warnings = new ArrayList<>(listing.warnings());
    if (!empty.isEmpty()) {
      warnings.add("classes of " + list + " without pictures: " + Candidates.some(empty));
    }

    List<Item> items =
        listing.items().stream()
            .map(
                item -> item.label() == Item.NO_CLASS ? item : item.withLabel(labels[item.label()]))
            .toList();
    return new Listing(names, words, items, listing.hidden(), warnings);
  }

  private static boolean isNumbered(Listing listing, List<String> names) {
    return listing.classes().stream().allMatch(name -> name.matches("\\d{1,9}"))
        && listing.classes().stream().noneMatch(names::contains);
  }

  private static boolean hasComposed(List<String> names, String stranger) {
    return names.stream().map(Labels::composed).toList().contains(Labels.composed(stranger));
  }
}
