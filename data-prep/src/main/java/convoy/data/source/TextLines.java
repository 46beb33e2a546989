package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Text files that accompany pictures: UTF-8 with any line ends. A byte order mark is skipped. */
final class TextLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextLines() {}

  static List<String> of(Configuration configuration, Path path) throws IOException {
    FileSystem files = SourceFiles.of(configuration, path);
    Folder.requireNotSpecial(files, path);
    try (InputStream in = files.open(path)) {
      byte[] bytes = in.readAllBytes();
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
    } catch (CharacterCodingException otherLetters) {
      throw new SourceException(path + " is not UTF-8: save it as UTF-8", otherLetters);
    } catch (FileNotFoundException absent) {
      throw new SourceException(path + " is not a readable file: name the file", absent);
    }
  }

  /** Reads lines with a class and optionally its words, separated by a tab or spaces, in order. */
  static Map<String, String> words(Configuration configuration, Path path) throws IOException {
    return words(configuration, path, Set.of());
  }

  /**
   * Reads the same lines.
   *
   * @param classes that may have spaces in their names
   */
  static Map<String, String> words(Configuration configuration, Path path, Set<String> classes)
      throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    for (String text : of(configuration, path)) {
      String line = text.strip();
      if (!line.isEmpty()) {
        String name = classes.contains(line) ? line : name(line, classes);
        if (words.put(name, line.substring(name.length()).strip()) != null) {
          throw new SourceException(
              path + " names the class " + name + " twice; a tab ends a name with spaces");
        }
      }
    }

    return words;
  }

  /** Returns the text up to the tab if that is a class, and otherwise up to the first space. */
  private static String name(String line, Set<String> classes) {
    String tabbed = line.split("\t", 2)[0].strip();
    return classes.contains(tabbed) ? tabbed : line.split("[\t ]+", 2)[0];
  }
}
