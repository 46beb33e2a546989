package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Class folders: ROOT/train/CLASS/... and ROOT/val/CLASS/..., or ROOT/CLASS/... Each file at any
 * depth under a class folder is an item, whatever its name, unless the name begins with a dot.
 */
final class FolderSource implements Source {
  /** Larger than photographs are; a film among the pictures isn't read at all. */
  static final long MAX_BYTES = 256L << 20;

  @Override
  public String name() {
    return "folder";
  }

  @Override
  public Listing list(Configuration configuration, List<Path> inputs) throws IOException {
    List<String> prefixes = prefixes(inputs);
    FolderWalk walk = new FolderWalk();
    for (int i = 0; i < inputs.size(); i++) {
      FileSystem files = SourceFiles.of(configuration, inputs.get(i));
      FolderLayout.Found found = FolderLayout.of(files, inputs.get(i), walk);
      for (FolderLayout.ClassFolder folder : found.classFolders()) {
        walk.walkClass(files, folder, prefixes.get(i));
      }
    }

    return listing(inputs, walk);
  }

  /** Keys of several roots may be equal: each root gets its own first part then. */
  private static List<String> prefixes(List<Path> inputs) {
    if (inputs.size() == 1) {
      return List.of("");
    }

    long names = inputs.stream().map(Path::getName).distinct().count();
    List<String> prefixes = new ArrayList<>();
    for (Path input : inputs) {
      String number = names == inputs.size() ? "" : (prefixes.size() + 1) + "-";
      prefixes.add(number + input.getName() + "/");
    }

    return prefixes;
  }

  private static Listing listing(List<Path> inputs, FolderWalk walk) throws SourceException {
    TreeSet<String> names = new TreeSet<>(walk.classes(Item.TRAIN));
    if (names.isEmpty()) {
      throw new SourceException(
          "no files in the class folders of "
              + join(inputs)
              + " (names beginning with . don't count)");
    }

    TreeSet<String> strangers = new TreeSet<>(walk.classes(Item.VALIDATION));
    boolean validation = !strangers.isEmpty();
    TreeSet<String> untested = new TreeSet<>(names);
    untested.removeAll(strangers);
    strangers.removeAll(names);
    if (!strangers.isEmpty()) {
      throw new SourceException(
          "classes of the validation folder that the training folder lacks: "
              + some(strangers)
              + "; add their training pictures or take the folders away");
    }

    if (validation && !untested.isEmpty()) {
      walk.warn("classes without validation pictures: " + some(untested));
    }

    Map<String, Integer> labels = new TreeMap<>();
    names.forEach(name -> labels.put(name, labels.size()));
    List<Item> items =
        walk.files().stream()
            .map(
                file ->
                    new Item(
                        file.key(),
                        file.split(),
                        labels.get(file.className()),
                        file.bytes(),
                        file.uri(),
                        0))
            .sorted(Comparator.comparing(Item::key))
            .toList();
    return new Listing(List.copyOf(names), items, walk.hidden(), walk.warnings());
  }

  private static String join(List<Path> inputs) {
    return inputs.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static String some(Set<String> names) {
    String first = names.stream().limit(5).collect(Collectors.joining(", "));
    return names.size() <= 5 ? first : first + " and " + (names.size() - 5) + " more";
  }

  @Override
  public Reader open(Configuration configuration) {
    return new Reader() {
      @Override
      public Content read(Item item) throws IOException, BadPictureException {
        return FolderSource.read(configuration, new Path(URI.create(item.file())));
      }

      @Override
      public void close() {
        // Each read closes its own file.
      }
    };
  }

  private static Content read(Configuration configuration, Path path)
      throws IOException, BadPictureException {
    FileSystem files = SourceFiles.of(configuration, path);
    try {
      FileStatus status = files.getFileStatus(path);
      if (status.getLen() > MAX_BYTES) {
        throw new BadPictureException(
            "too-large", String.format("%,d bytes, more than %,d", status.getLen(), MAX_BYTES));
      }

      byte[] bytes = new byte[(int) status.getLen()];
      try (FSDataInputStream in = files.open(path)) {
        in.readFully(bytes);
      }

      return Content.file(bytes);
    } catch (IOException trouble) {
      if (isOfThisFile(trouble)) {
        throw new BadPictureException("unreadable", trouble.toString());
      }

      // The store's trouble, and worth a retry of the task.
      throw trouble;
    }
  }

  private static boolean isOfThisFile(IOException trouble) {
    return trouble instanceof FileNotFoundException
        || trouble instanceof EOFException
        || trouble instanceof AccessDeniedException
        || trouble instanceof ChecksumException
        // Of org.apache.hadoop.security, which is beyond this module.
        || trouble.getClass().getSimpleName().equals("AccessControlException");
  }
}
