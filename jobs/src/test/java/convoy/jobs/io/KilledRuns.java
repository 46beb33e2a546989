package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.jobs.io.OwnedFolder.State;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A small command that owns a folder: it writes three files that hold its argument, and then the
 * last one, which names the argument. It is killed before each change of the file system in turn.
 */
final class KilledRuns {
  static final String LAST = "_last";
  private static final Set<String> FILES = Set.of("a", "b", "folder");
  static final Predicate<FileStatus> OURS =
      inside -> FILES.contains(inside.getPath().getName()) || isSign(inside.getPath().getName());

  private final Configuration configuration;
  private final Path parent;
  private final FolderPolicy policy;

  KilledRuns(Configuration configuration, Path parent, String marker, String last) {
    this.configuration = configuration;
    this.parent = parent;
    this.policy =
        new FolderPolicy("test", marker, OwnedFolder.OWNER, last, FolderPolicy.RUN_AGAIN, OURS);
  }

  private static boolean isSign(String name) {
    return name.equals(LAST) || name.equals("_marker");
  }

  OwnedFolder open(String name) throws IOException {
    return new OwnedFolder(configuration, new Path(parent, name), policy);
  }

  private static ObjectNode content(String argument) {
    return JsonNodeFactory.instance.objectNode().put("argument", argument);
  }

  private State state(OwnedFolder folder, String argument) throws IOException {
    OwnedFolder.Contents contents = folder.contents();
    boolean same = contents.marker().path("argument").asText().equals(argument);
    boolean finished =
        policy.last().equals(policy.marker())
            ? same && contents.marker().path("finished").asBoolean()
            : read(folder, LAST).equals(argument);
    return contents.state(finished, same);
  }

  void run(String name, String argument, boolean overwrite) throws IOException {
    OwnedFolder folder = open(name);
    State state = state(folder, argument);
    if (state == State.FINISHED && !overwrite) {
      return;
    }

    assertThat(state.isFree() || overwrite).as("%s holds %s", name, state).isTrue();
    if (overwrite) {
      folder.replace(JsonNodeFactory.instance.objectNode(), any -> false);
    }

    folder.take(content(argument));
    for (String file : new String[] {"a", "folder/c", "b"}) {
      folder.write(file, argument);
    }

    folder.finish(
        () -> {
          boolean one = policy.last().equals(policy.marker());
          ObjectNode done = content(argument).put("finished", true);
          folder.write(policy.last(), one ? done.toString() : argument);
        });
  }

  /** Kills runs later and later until one finishes, after {@code before} was finished, or none. */
  int killEverywhere(String before, boolean overwrite) throws IOException {
    boolean killed = true;
    int changes = 0;
    for (; killed; changes++) {
      String name = "out-" + before + overwrite + changes;
      if (before != null) {
        run(name, before, false);
      }

      KilledFileSystem.after(changes);
      try {
        run(name, "new", overwrite);
        killed = false;
      } catch (IOException dead) {
        assertThat(dead).hasMessageStartingWith("killed before");
      } finally {
        KilledFileSystem.never();
      }

      requireNothingMixed(name);
      // Without --overwrite, earlier files may refuse the run, but its own files never do.
      run(name, "new", overwrite);
      assertThat(content(open(name)))
          .as("after %d changes", changes)
          .containsOnly(Map.entry("a", "new"), Map.entry("b", "new"), Map.entry("folder/c", "new"));
      assertThat(state(open(name), "new")).isEqualTo(State.FINISHED);
    }

    return changes;
  }

  /** A finished or unfinished folder of an argument holds only files of that argument. */
  private void requireNothingMixed(String name) throws IOException {
    for (String argument : new String[] {"old", "new"}) {
      OwnedFolder folder = open(name);
      State state = state(folder, argument);
      if (state == State.FINISHED) {
        assertThat(content(folder)).hasSize(3);
      }

      if (state == State.FINISHED || state == State.UNFINISHED) {
        assertThat(content(folder).values())
            .as("%s of %s", name, argument)
            .allMatch(argument::equals);
      }
    }
  }

  private Map<String, String> content(OwnedFolder folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (String file : new String[] {"a", "b", "folder/c"}) {
      String text = read(folder, file);
      if (!text.isEmpty()) {
        content.put(file, text);
      }
    }

    return content;
  }

  private String read(OwnedFolder folder, String file) throws IOException {
    try {
      return HadoopFiles.readText(configuration, new Path(folder.path(), file));
    } catch (FileNotFoundException absent) {
      return "";
    }
  }
}
