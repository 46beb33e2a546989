package convoy.jobs.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder of generated pictures with a hidden mark of its arguments: written first as begun, last
 * as finished, so that a second run changes nothing and a killed one is done anew.
 */
final class GeneratedFolder {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = ".convoy-generate.json";
  private static final String FINISHED = "finished";

  private final Path folder;
  private final Map<String, Object> arguments;

  GeneratedFolder(Path folder, Map<String, Object> arguments) {
    this.folder = folder;
    this.arguments = arguments;
  }

  /** Whether these pictures are all there. */
  boolean isFinished() throws IOException {
    return isOurs() && Boolean.TRUE.equals(mark().get(FINISHED));
  }

  /** What {@link #finish} was given. */
  Map<String, Object> result() throws IOException {
    Map<String, Object> result = mark();
    result.remove(FINISHED);
    return result;
  }

  /**
   * Makes room.
   *
   * @throws UserException if anything else is there and may not be replaced
   */
  void begin(boolean overwrite) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw UserException.usage("--out " + folder + " is a file, not a folder");
    }

    if (!isEmpty() && !isOurs() && !overwrite) {
      throw UserException.usage(
          "--out " + folder + " holds something else already; name another folder, or --overwrite");
    }

    if (overwrite) { // Else what is missing is drawn into it, to the same bytes.
      clear();
    }

    Files.createDirectories(folder);
    write(false, arguments);
  }

  void finish(Map<String, Object> result) throws IOException {
    write(true, result);
  }

  private boolean isOurs() throws IOException {
    // As JSON reads them back: numbers compare by their text.
    Map<String, Object> mark = mark();
    return arguments.entrySet().stream()
        .allMatch(
            entry -> entry.getValue().toString().equals(String.valueOf(mark.get(entry.getKey()))));
  }

  private boolean isEmpty() throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }

    try (Stream<Path> inside = Files.list(folder)) {
      return inside.findAny().isEmpty();
    }
  }

  private Map<String, Object> mark() throws IOException {
    Path file = folder.resolve(MARK);
    if (!Files.isRegularFile(file)) {
      return new LinkedHashMap<>();
    }

    try {
      return JSON.readValue(
          Files.readString(file, StandardCharsets.UTF_8),
          new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException cut) {
      return new LinkedHashMap<>();
    }
  }

  private void write(boolean finished, Map<String, Object> content) throws IOException {
    Map<String, Object> mark = new LinkedHashMap<>(content);
    mark.put(FINISHED, finished);
    Path temporary = folder.resolve(MARK + ".tmp");
    Files.writeString(temporary, JSON.writeValueAsString(mark), StandardCharsets.UTF_8);
    Files.move(temporary, folder.resolve(MARK), StandardCopyOption.REPLACE_EXISTING);
  }

  private void clear() throws IOException {
    for (String split : List.of("train", "val")) {
      Path root = folder.resolve(split);
      if (!Files.exists(root)) {
        continue;
      }

      List<Path> inside;
      try (Stream<Path> tree = Files.walk(root)) {
        inside = tree.sorted(Comparator.reverseOrder()).toList();
      }

      for (Path path : inside) {
        Files.delete(path);
      }
    }
  }
}
