package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads Tiny ImageNet's layout: train/WNID/images/*, and val/images/* with the classes in
 * val/val_annotations.txt. Its test pictures have no classes and are not read.
 */
final class TinyImagenetSource implements Source {
  private static final String ANNOTATIONS = "val_annotations.txt";
  private static final String WORDS = "words.txt";
  private static final String VALIDATION_KEY = "val/images/";

  @Override
  public String name() {
    return "tiny-imagenet";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    if (inputs.size() != 1) {
      throw new SourceException("the source tiny-imagenet reads one folder, --in names " + inputs);
    }

    Path root = inputs.get(0);
    FileSystem store = SourceFiles.of(tasks.configuration(), root);
    Folder.requireNotSpecial(store, root);
    Findings found = new Findings();
    found.addAll(tasks, classFolders(store, root, found), FolderWalk::of);
    Path validation = new Path(root, "val");
    if (store.exists(validation)) {
      found.holdsOut(validation.toString());
      addValidation(tasks, validation, found);
    }

    Listing listing = Candidates.listing(found, root.toString());
    Path words = new Path(root, WORDS);
    return store.exists(words)
        ? listing.withWords(TextLines.words(tasks.configuration(), words))
        : listing;
  }

  private static List<FolderLayout.ClassFolder> classFolders(
      FileSystem store, Path root, Findings found) throws IOException {
    Path training = new Path(root, "train");
    if (!store.exists(training)) {
      throw new SourceException(root + " has no folder train: Tiny ImageNet's root is needed");
    }

    List<FolderLayout.ClassFolder> folders = new ArrayList<>();
    int outside = 0;
    for (Folder.Entry entry : Folder.list(store, training)) {
      if (entry.name().startsWith(".")) {
        found.skipHidden();
      } else if (entry.kind() == Folder.Kind.FOLDER) {
        Path pictures = new Path(entry.path(), "images");
        if (!store.exists(pictures)) {
          throw new SourceException(pictures + " doesn't exist: Tiny ImageNet's layout has it");
        }

        String key = "train/" + entry.name() + "/images/";
        folders.add(new FolderLayout.ClassFolder(Item.TRAIN, entry.name(), key, pictures));
      } else {
        outside++;
      }
    }

    if (outside > 0) {
      found.warn(outside + " files directly in " + training + " are in no class folder: not read");
    }

    return folders;
  }

  private static void addValidation(ListingTasks tasks, Path folder, Findings found)
      throws IOException {
    Map<String, String> classes = annotations(tasks.configuration(), folder);
    Findings held = new Findings();
    held.addAll(
        tasks,
        List.of(
            new FolderLayout.ClassFolder(
                Item.VALIDATION, "", VALIDATION_KEY, new Path(folder, "images"))),
        FolderWalk::of);
    found.addTold(held);
    for (Candidate file : held.candidates()) {
      String wnid = classes.remove(file.key().substring(VALIDATION_KEY.length()));
      if (wnid == null) {
        throw new SourceException(
            new Path(folder, ANNOTATIONS) + " has no class for " + file.key());
      }

      found.add(
          new Candidate(file.key(), file.split(), wnid, file.bytes(), file.uri(), file.index()));
    }

    if (!classes.isEmpty()) {
      found.warn(
          "%d pictures of %s are not there, the first is %s"
              .formatted(
                  classes.size(), ANNOTATIONS, classes.keySet().stream().sorted().toList().get(0)));
    }
  }

  private static Map<String, String> annotations(Configuration configuration, Path folder)
      throws IOException {
    Path path = new Path(folder, ANNOTATIONS);
    if (!SourceFiles.of(configuration, path).exists(path)) {
      throw new SourceException(
          path + " doesn't exist: if val holds folders of classes, use --source folder");
    }

    Map<String, String> classes = new HashMap<>();
    for (String line : TextLines.of(configuration, path)) {
      String[] parts = line.split("\t", -1);
      if (parts.length < 2 || classes.put(parts[0], parts[1]) != null) {
        throw new SourceException(
            path + " has the line '" + line + "': NAME tab WNID is needed, each name once");
      }
    }

    return classes;
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
