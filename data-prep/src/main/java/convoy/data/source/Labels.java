package convoy.data.source;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Sorts the classes that a source identifies by name or by number. */
final class Labels {
  private Labels() {}

  /** Sorts by number if all are numbers, so that 10 comes after 9, and by name otherwise. */
  static List<String> sorted(List<Candidate> candidates) {
    List<String> names =
        candidates.stream().map(Candidate::className).filter(Objects::nonNull).distinct().toList();
    boolean numbers = names.stream().allMatch(name -> name.matches("\\d{1,9}"));
    Comparator<String> byName = Comparator.naturalOrder();
    return names.stream()
        .sorted(numbers ? Comparator.comparingInt(Integer::parseInt) : byName)
        .toList();
  }
}
