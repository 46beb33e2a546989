package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the class folders of one root, which has two splits or one. */
final class FolderLayout {
  /**
   * A folder with one of these names beside train is the validation split. The first match counts.
   */
  private static final List<String> VALIDATION = List.of("val", "validation", "valid", "test");

  private static final String LIKE_SPLITS = "(?i)train(ing)?|val(id|idation)?|test(ing)?";

  private FolderLayout() {}

  /**
   * One class folder.
   *
   * @param key of the folder below its root, such as {@code train/n01440764/}
   */
  record ClassFolder(String split, String name, String key, Path path) implements Serializable {
    ClassFolder below(String prefix) {
      return new ClassFolder(split, name, prefix + key, path);
    }
  }

  static List<ClassFolder> of(FileSystem files, Path root, Findings found) throws IOException {
    Map<String, Path> folders = folders(files, root, found);
    if (folders.isEmpty()) {
      throw new SourceException(
          root
              + " has no class folders; it needs ROOT/train/CLASS/... and ROOT/val/CLASS/..., or"
              + " ROOT/CLASS/...; "
              + Recognized.of(paths(files, root), List.of()));
    }

    String validation = VALIDATION.stream().filter(folders::containsKey).findFirst().orElse(null);
    boolean splits =
        folders.containsKey("train")
            && (validation != null
                || folders.size() == 1
                || holdsFoldersOnly(files, folders.get("train")));
    if (!splits) {
      tellSplits(files, folders, found);
      return classFolders(folders, Item.TRAIN, "");
    }

    List<ClassFolder> classFolders =
        new ArrayList<>(split(files, folders.get("train"), Item.TRAIN, found));
    if (validation != null) {
      found.holdsOut(folders.get(validation).toString());
      classFolders.addAll(split(files, folders.remove(validation), Item.VALIDATION, found));
    }

    folders.remove("train");
    if (!folders.isEmpty()) {
      found.warn("folders beside train that are not read: " + String.join(", ", folders.keySet()));
    }

    return classFolders;
  }

  private static void tellSplits(FileSystem files, Map<String, Path> folders, Findings found)
      throws IOException {
    for (Map.Entry<String, Path> folder : folders.entrySet()) {
      if (folder.getKey().matches(LIKE_SPLITS) && holdsFoldersOnly(files, folder.getValue())) {
        found.warn(
            folder.getValue() + " is read as a class: the folders of splits are train and val");
      }
    }
  }

  private static List<Path> paths(FileSystem files, Path folder) throws IOException {
    return Folder.list(files, folder).stream()
        .filter(entry -> entry.path() != null && !entry.name().startsWith("."))
        .map(Folder.Entry::path)
        .toList();
  }

  /** A class that happens to be called train has pictures directly in it. */
  private static boolean holdsFoldersOnly(FileSystem files, Path train) throws IOException {
    List<Folder.Entry> inside =
        Folder.list(files, train).stream().filter(entry -> !entry.name().startsWith(".")).toList();
    return !inside.isEmpty()
        && inside.stream().allMatch(entry -> entry.kind() == Folder.Kind.FOLDER);
  }

  private static List<ClassFolder> split(
      FileSystem files, Path folder, String split, Findings found) throws IOException {
    Map<String, Path> folders = folders(files, folder, found);
    if (folders.isEmpty()) {
      throw new SourceException(
          folder + " has no class folders: " + folder + "/CLASS/... is needed");
    }

    return classFolders(folders, split, folder.getName() + "/");
  }

  private static List<ClassFolder> classFolders(
      Map<String, Path> folders, String split, String prefix) {
    List<ClassFolder> found = new ArrayList<>();
    folders.forEach(
        (name, path) -> found.add(new ClassFolder(split, name, prefix + name + "/", path)));
    return found;
  }

  private static Map<String, Path> folders(FileSystem files, Path folder, Findings found)
      throws IOException {
    Map<String, Path> folders = new TreeMap<>();
    int outside = 0;
    List<Folder.Entry> inside;
    try {
      if (!files.getFileStatus(folder).isDirectory()) {
        Folder.requireNotSpecial(files, folder);
        throw new SourceException(folder + " is a file: the source folder reads folders");
      }

      inside = Folder.list(files, folder);
    } catch (FileNotFoundException e) {
      throw new SourceException("source folder " + folder + " doesn't exist: check --in", e);
    }

    FoldersAbove above = Folder.isLocal(files) ? above(Folder.local(folder)) : null;
    for (Folder.Entry entry : inside) {
      if (entry.name().startsWith(".")) {
        found.skipHidden();
      } else if (entry.kind() == Folder.Kind.FOLDER && leadsBack(entry, above)) {
        found.warn(FolderWalk.leadsBack(folder + "/" + entry.name()));
      } else if (entry.kind() == Folder.Kind.FOLDER) {
        requireSpelled(entry);
        folders.put(entry.name(), entry.path());
      } else {
        outside++;
      }
    }

    if (outside > 0) {
      found.warn(outside + " files directly in " + folder + " are in no class folder: not read");
    }

    return folders;
  }

  private static FoldersAbove above(java.nio.file.Path folder) throws IOException {
    FoldersAbove above = new FoldersAbove(folder);
    above.enter(folder);
    return above;
  }

  private static boolean leadsBack(Folder.Entry entry, FoldersAbove above) throws IOException {
    if (above == null) {
      return false;
    }

    if (!above.enter(entry.local())) {
      return true;
    }

    above.leave();
    return false;
  }

  /** A class is named by its folder, so its name must be one that every dataset can hold. */
  private static void requireSpelled(Folder.Entry entry) throws SourceException {
    if (entry.path() == null) {
      throw new SourceException(
          "the name of the class folder "
              + entry.name()
              + " isn't UTF-8, or this process's locale can't spell it: rename the folder, or set"
              + " LC_ALL=C.UTF-8");
    }
  }
}
