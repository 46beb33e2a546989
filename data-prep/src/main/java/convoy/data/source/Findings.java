package convoy.data.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The result of a listing so far: candidates, warnings, and the number of hidden files. It travels.
 */
final class Findings implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Candidate> candidates = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> validation = new TreeSet<>();
  private long hidden;

  void add(Candidate candidate) {
    candidates.add(candidate);
  }

  void skipHidden() {
    hidden++;
  }

  /** Notes a place that the source holds out as its validation split, even if it is empty. */
  void holdsOut(String place) {
    validation.add(place);
  }

  Set<String> validation() {
    return validation;
  }

  void warn(String warning) {
    warnings.add(warning);
  }

  /** Runs a task over parts and adds what it finds, in the order of the parts. */
  <T extends Serializable> void addAll(
      ListingTasks tasks, List<T> parts, ListingTasks.Task<T, Findings> task) throws IOException {
    for (Findings found : tasks.map(parts, task)) {
      candidates.addAll(found.candidates);
      addTold(found);
    }
  }

  /** Adds everything except the candidates. */
  void addTold(Findings found) {
    warnings.addAll(found.warnings);
    validation.addAll(found.validation);
    hidden += found.hidden;
  }

  List<Candidate> candidates() {
    return candidates;
  }

  long hidden() {
    return hidden;
  }

  List<String> warnings() {
    return warnings;
  }
}
