package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A list of paths and labels, and optionally of splits: train or val. Paths are absolute or
 * relative to the list's folder. The path is the key; if the lists lie in several folders, the
 * folder's name comes before it.
 */
abstract class ListSource implements Source {
  /** The number of lines whose files one task looks up. */
  private static final int BATCH_LINES = 1000;

  /** A line of a list; split may be null. */
  record Line(String path, String label, String split) implements Serializable {}

  private record Batch(Path folder, String prefix, List<Line> lines) implements Serializable {
    /** Absolute paths are distinct already. */
    String key(Line line) {
      return isWhole(line.path()) || line.path().startsWith("/")
          ? line.path()
          : prefix + line.path();
    }
  }

  /** Parses the lines of a list. */
  abstract List<Line> parse(Path list, List<String> lines) throws SourceException;

  @Override
  public final Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    List<Batch> batches = new ArrayList<>();
    List<Path> folders = inputs.stream().map(Path::getParent).distinct().toList();
    List<String> prefixes = Roots.prefixes(folders);
    for (Path list : inputs) {
      String prefix = prefixes.get(folders.indexOf(list.getParent()));
      List<String> text = TextLines.of(tasks.configuration(), list);
      List<Line> lines = parse(list, text);
      for (int from = 0; from < lines.size(); from += BATCH_LINES) {
        int to = Math.min(lines.size(), from + BATCH_LINES);
        batches.add(new Batch(list.getParent(), prefix, new ArrayList<>(lines.subList(from, to))));
      }
    }

    Findings found = new Findings();
    found.addAll(tasks, batches, ListSource::files);
    tellAbsent(tasks.configuration(), found, inputs);
    return Candidates.listing(found, inputs.toString());
  }

  private static void tellAbsent(Configuration configuration, Findings found, List<Path> inputs)
      throws IOException {
    List<Candidate> absent =
        found.candidates().stream().filter(file -> file.index() == FileReader.NOT_FOUND).toList();
    if (absent.isEmpty()) {
      return;
    }

    String told =
        "%d of %d files of %s don't exist, the first is %s: %s"
            .formatted(
                absent.size(),
                found.candidates().size(),
                inputs,
                absent.get(0).key(),
                remedy(configuration, absent.get(0)));
    if (absent.size() == found.candidates().size()) {
      throw new SourceException(told);
    }

    found.warn(told);
  }

  private static String remedy(Configuration configuration, Candidate absent) throws IOException {
    if (absent.key().contains("\\")) {
      return "write / in place of \\";
    }

    Path path = new Path(URI.create(absent.uri()));
    for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
      String other = Normalizer.normalize(path.toUri().getPath(), form);
      Path same = new Path(path.toUri().getScheme(), path.toUri().getAuthority(), other);
      if (SourceFiles.of(configuration, same).exists(same)) {
        return "the file's name has the same letters in another Unicode form (" + form + ")";
      }
    }

    return "paths are relative to the folder of the list";
  }

  /** Looks up the sizes in a task, because a store takes some milliseconds for each. */
  private static Findings files(Configuration configuration, Batch batch) throws IOException {
    Findings found = new Findings();
    for (Line line : batch.lines()) {
      Path path = path(batch.folder(), line.path());
      long bytes = 0;
      long index = FileReader.WHOLE;
      try {
        bytes = SourceFiles.of(configuration, path).getFileStatus(path).getLen();
      } catch (FileNotFoundException absent) {
        index = FileReader.NOT_FOUND;
      }

      found.add(
          new Candidate(
              batch.key(line),
              line.split() == null ? Item.TRAIN : line.split(),
              line.label(),
              bytes,
              path.toUri().toString(),
              index));
    }

    return found;
  }

  /** Builds a path from parts, because in a single text a colon in a name would end a scheme. */
  private static Path path(Path folder, String path) {
    if (isWhole(path)) {
      return new Path(path);
    }

    URI base = folder.toUri();
    String whole = path.startsWith("/") ? path : base.getPath() + "/" + path;
    return new Path(base.getScheme(), base.getAuthority(), whole);
  }

  private static boolean isWhole(String path) {
    return path.matches("[a-z][a-z0-9+.-]*:/.*");
  }

  static Line line(Path list, int number, String path, String label, String split)
      throws SourceException {
    boolean known = split == null || split.equals(Item.TRAIN) || split.equals(Item.VALIDATION);
    if (path == null || path.isBlank() || label == null || label.isBlank() || !known) {
      throw new SourceException(
          "%s, line %d: path %s, label %s, split %s; path and label are needed, split is train or val"
              .formatted(list, number, path, label, split));
    }

    if (label.contains("\n")) {
      throw new SourceException(
          "%s, line %d has a label of several lines: a quotation mark is not closed"
              .formatted(list, number));
    }

    return new Line(path, label, split);
  }

  @Override
  public final Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
