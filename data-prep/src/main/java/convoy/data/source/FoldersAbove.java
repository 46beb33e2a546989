package convoy.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The folders above the place where a walk through local folders is, up to the root of the file
 * system. A link back to one of them would show the files of its other folders once more.
 */
public final class FoldersAbove {
  private final Deque<Set<Object>> entered = new ArrayDeque<>();

  /** Starts above a folder. The walk enters the folder itself first. */
  public FoldersAbove(Path start) throws IOException {
    Set<Object> above = new HashSet<>();
    Path absolute = start.toAbsolutePath();
    if (absolute.equals(absolute.normalize())) {
      add(absolute.getParent(), above);
    }

    add(start.toRealPath().getParent(), above);
    entered.push(above);
  }

  /**
   * Enters a folder, following links.
   *
   * @return whether it is none of those above; otherwise the walk stays where it is
   */
  public boolean enter(Path folder) throws IOException {
    Object key = key(folder);
    if (entered.stream().anyMatch(keys -> keys.contains(key))) {
      return false;
    }

    Set<Object> keys = new HashSet<>(Set.of(key));
    if (Files.isSymbolicLink(folder)) {
      add(folder.toRealPath().getParent(), keys);
    }

    entered.push(keys);
    return true;
  }

  /** Leaves the folder that was entered last. */
  public void leave() {
    entered.pop();
  }

  private static void add(Path folder, Set<Object> keys) throws IOException {
    for (Path above = folder; above != null; above = above.getParent()) {
      keys.add(key(above));
    }
  }

  private static Object key(Path folder) throws IOException {
    Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
    return key == null ? folder.toRealPath() : key;
  }
}
