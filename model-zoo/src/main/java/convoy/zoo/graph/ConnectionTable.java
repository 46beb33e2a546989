package convoy.zoo.graph;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Says which input channels each output channel sees (LeCun et al. 1998, table I). */
final class ConnectionTable {
  private ConnectionTable() {}

  /**
   * Checks that no row is empty, that each row is ascending without repetition, and that all its
   * channels exist.
   */
  static void check(List<List<Integer>> connections, int channels) {
    for (List<Integer> row : connections) {
      boolean sorted = row.equals(List.copyOf(new TreeSet<>(row)));
      if (row.isEmpty() || !sorted || row.get(0) < 0 || Collections.max(row) >= channels) {
        throw new IllegalArgumentException(
            "the connection table has a row " + row + " for " + channels + " input channels");
      }
    }
  }

  /** Returns the number of connected pairs of an output and an input channel. */
  static int planes(List<List<Integer>> connections) {
    return connections.stream().mapToInt(List::size).sum();
  }

  /** Returns, for each plane, how many inputs one value of its output channel has. */
  static List<Integer> fanIns(List<List<Integer>> connections, int area) {
    return connections.stream()
        .flatMap(row -> Collections.nCopies(row.size(), row.size() * area).stream())
        .toList();
  }
}
