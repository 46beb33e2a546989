package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Text files that come with pictures: UTF-8, any line ends, a byte order mark left out. */
final class TextLines {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextLines() {}

  static List<String> of(Configuration configuration, Path path) throws IOException {
    try (InputStream in = SourceFiles.of(configuration, path).open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).lines().toList();
    } catch (FileNotFoundException absent) {
      throw new SourceException(path + " is no file that can be read: name the file", absent);
    }
  }

  /** Lines of a class and its words, which may be absent: a tab or space between; in order. */
  static Map<String, String> words(Configuration configuration, Path path) throws IOException {
    Map<String, String> words = new LinkedHashMap<>();
    for (String line : of(configuration, path)) {
      if (!line.isBlank()) {
        String[] parts = line.strip().split("[\t ]+", 2);
        if (words.put(parts[0], parts.length > 1 ? parts[1] : "") != null) {
          throw new SourceException(path + " names the class " + parts[0] + " twice");
        }
      }
    }

    return words;
  }
}
