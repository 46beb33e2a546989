package convoy.data.source;

import java.text.Normalizer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The order of classes, which is the same in every source. */
final class Labels {
  private static final String NUMBER = "\\d{1,9}";
  private static final Comparator<String> BY_NAME = Comparator.naturalOrder();
  private static final Comparator<String> BY_NUMBER =
      Comparator.<String>comparingInt(Integer::parseInt).thenComparing(BY_NAME);

  private Labels() {}

  /** Sorts by number if all are numbers, so that 10 comes after 9, and by name otherwise. */
  static List<String> sorted(List<Candidate> candidates) {
    List<String> names =
        candidates.stream().map(Candidate::className).filter(Objects::nonNull).distinct().toList();
    boolean numbers = names.stream().allMatch(name -> name.matches(NUMBER));
    return names.stream().sorted(numbers ? BY_NUMBER : BY_NAME).toList();
  }

  /** Names that are equal but for their Unicode form, such as an é of one letter or of two. */
  static List<String> likeAnother(Collection<String> names) {
    Map<String, Long> composed =
        names.stream()
            .collect(Collectors.groupingBy(Labels::composed, TreeMap::new, Collectors.counting()));
    return composed.keySet().stream().filter(name -> composed.get(name) > 1).toList();
  }

  static String composed(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }
}
