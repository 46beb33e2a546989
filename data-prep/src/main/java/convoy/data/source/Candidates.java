package convoy.data.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Turns candidates into items. Labels are in the order of {@link Labels}, and items in the order of
 * keys.
 */
final class Candidates {
  private Candidates() {}

  /** Labels candidates by their own classes, in the order of {@link Labels}. */
  static Listing listing(Findings found, String where) throws SourceException {
    return listing(found, Labels.sorted(found.candidates()), where);
  }

  /**
   * Labels candidates.
   *
   * @param names of classes by label, at least those of the candidates
   * @param where the candidates come from, for messages
   * @throws SourceException if no training candidate has a class, or if keys are equal
   */
  static Listing listing(Findings found, List<String> names, String where) throws SourceException {
    List<Candidate> candidates = found.candidates();
    Set<String> trained = classes(candidates, Item.TRAIN);
    if (trained.isEmpty()) {
      throw new SourceException(untrainable(found, where));
    }

    Set<String> held = classes(candidates, Item.VALIDATION);
    TreeMap<String, Long> untrained = new TreeMap<>();
    candidates.stream()
        .filter(candidate -> candidate.className() != null)
        .filter(candidate -> !trained.contains(candidate.className()))
        .forEach(candidate -> untrained.merge(candidate.className(), 1L, Long::sum));
    List<String> told = new ArrayList<>(found.warnings());
    if (!untrained.isEmpty()) {
      told.add(untrained(untrained));
    }

    List<String> alike = Labels.likeAnother(names);
    if (!alike.isEmpty()) {
      told.add(
          "names of classes that differ in their Unicode form only count as different classes,"
              + " rename one of each: "
              + some(new TreeSet<>(alike)));
    }

    if (held.isEmpty() && !found.validation().isEmpty()) {
      told.add(
          String.join(", ", found.validation())
              + " holds no picture: val is what --val-fraction draws from the training pictures");
    }

    trained.removeAll(held);
    if (!held.isEmpty() && !trained.isEmpty()) {
      told.add("classes without validation pictures: " + some(trained));
    }

    Map<String, Integer> labels = new HashMap<>();
    names.forEach(name -> labels.put(name, labels.size()));
    List<Item> items =
        candidates.stream()
            .map(candidate -> item(candidate, labels))
            .sorted(Comparator.comparing(Item::key))
            .toList();
    for (int i = 1; i < items.size(); i++) {
      if (items.get(i).key().equals(items.get(i - 1).key())) {
        throw new SourceException(
            where + " has two items named " + items.get(i).key() + ": keys must be unique");
      }
    }

    return new Listing(List.copyOf(names), Map.of(), items, found.hidden(), told);
  }

  private static String untrainable(Findings found, String where) {
    List<Candidate> candidates = found.candidates();
    long training =
        candidates.stream().filter(candidate -> candidate.split().equals(Item.TRAIN)).count();
    if (training == 0) {
      return (candidates.isEmpty() ? "no files in " : "no training files in ") + where;
    }

    return "none of %d training files in %s can be read with its class: links, pipes, devices"
            .formatted(training, where)
        + " and names that lead out of a tar aren't; put files in their place"
        + found.warnings().stream().limit(3).map(told -> "; " + told).collect(Collectors.joining());
  }

  private static Item item(Candidate candidate, Map<String, Integer> labels) {
    int label = candidate.className() == null ? Item.NO_CLASS : labels.get(candidate.className());
    return new Item(
        candidate.key(),
        candidate.split(),
        label,
        candidate.bytes(),
        candidate.uri(),
        candidate.index());
  }

  private static Set<String> classes(List<Candidate> candidates, String split) {
    return candidates.stream()
        .filter(candidate -> candidate.split().equals(split))
        .map(Candidate::className)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns a warning.
   *
   * @param pictures of each validation class that the training split lacks
   */
  static String untrained(SortedMap<String, Long> pictures) {
    long sum = pictures.values().stream().mapToLong(Long::longValue).sum();
    return "%d classes with %d validation pictures have no training pictures: %s"
        .formatted(pictures.size(), sum, some(pictures.keySet()));
  }

  static String some(Set<String> names) {
    String first = names.stream().limit(5).collect(Collectors.joining(", "));
    return names.size() <= 5 ? first : first + " and " + (names.size() - 5) + " more";
  }
}
