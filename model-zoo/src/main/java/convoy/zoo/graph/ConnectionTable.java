package convoy.zoo.graph;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/** Which input channels each output channel sees (LeCun et al. 1998, table I). */
final class ConnectionTable {
  private ConnectionTable() {}

  /** Fails unless each row is ascending, without repetition, within the channels and not empty. */
  static void check(List<List<Integer>> connections, int channels) {
    for (List<Integer> row : connections) {
      boolean sorted = row.equals(List.copyOf(new TreeSet<>(row)));
      if (row.isEmpty() || !sorted || row.get(0) < 0 || Collections.max(row) >= channels) {
        throw new IllegalArgumentException(
            "the connection table has a row " + row + " for " + channels + " input channels");
      }
    }
  }

  /** Connected pairs of an output and an input channel. */
  static int planes(List<List<Integer>> connections) {
    return connections.stream().mapToInt(List::size).sum();
  }

  /** Inputs of one output value, for each plane: those of the output channel it belongs to. */
  static List<Integer> fanIns(List<List<Integer>> connections, int area) {
    return connections.stream()
        .flatMap(row -> Collections.nCopies(row.size(), row.size() * area).stream())
        .toList();
  }
}
