package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads class folders: ROOT/train/CLASS/... and ROOT/val/CLASS/..., or ROOT/CLASS/... Each file at
 * any depth under a class folder is an item, whatever its name is, unless the name begins with a
 * dot.
 */
final class FolderSource implements Source {
  @Override
  public String name() {
    return "folder";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    Findings found = new Findings();
    List<String> prefixes = Roots.prefixes(inputs);
    List<FolderLayout.ClassFolder> folders = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      FileSystem store = SourceFiles.of(tasks.configuration(), inputs.get(i));
      for (var folder : FolderLayout.of(store, inputs.get(i), found)) {
        folders.add(folder.below(prefixes.get(i)));
      }
    }

    found.addAll(tasks, folders, FolderWalk::of);
    return Candidates.listing(
        found, "the class folders of " + join(inputs) + " (names beginning with . don't count)");
  }

  private static String join(List<Path> inputs) {
    return inputs.stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
