package convoy.jobs.score;

import convoy.jobs.base.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/**
 * Files of this machine, through java.nio: Hadoop's Path can't hold a colon in a relative name, and
 * its local file system loses what the locale can't spell. A location is the URI of the raw bytes
 * of the name, so it means the same file in a process with another locale.
 *
 * <p>Links are followed, to files and to folders; a link that doesn't resolve is a file that can't
 * be read; a link back into a folder above it is counted and left.
 */
final class LocalInput implements ScoreInputs.Input {
  static final String SCHEME = "file:";

  private final Path root;
  private final String rawRoot;

  private LocalInput(Path root) {
    this.root = root;
    this.rawRoot = raw(root);
  }

  static boolean isLocal(String path, Configuration configuration) {
    if (path.startsWith(SCHEME)) {
      return true;
    }

    String scheme = FileSystem.getDefaultUri(configuration).getScheme();
    boolean byDefault = scheme == null || scheme.equals("file");
    return byDefault && (!path.matches("[A-Za-z][A-Za-z0-9+.-]*:/.*") || exists(path));
  }

  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A path, or {@code file:} and a path that is taken as it stands, without any %-decoding. */
  static LocalInput of(String path) throws IOException {
    String plain = path;
    if (path.startsWith(SCHEME) && !exists(path)) {
      plain = path.substring(SCHEME.length()).replaceFirst("^///*", "/");
    }

    Path root = Path.of(plain);
    if (!Files.exists(root)) {
      throw UserException.badData("--in " + path + " does not exist");
    }

    return new LocalInput(root.toRealPath());
  }

  static InputStream open(String location) throws IOException {
    return Files.newInputStream(Path.of(URI.create(location)));
  }

  @Override
  public String place() {
    return SCHEME + root;
  }

  @Override
  public String name() {
    Path name = root.getFileName();
    return name == null ? "" : decode(raw(root).substring(raw(root.getParent()).length()));
  }

  @Override
  public void list(String prefix, ScoreListing.Builder listing) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(root, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      walk(root, attributes, prefix, new HashSet<>(), listing);
    } else {
      listing.add(
          new InputFile(prefix.isEmpty() ? name() : prefix, location(rawRoot), attributes.size()));
    }
  }

  private void walk(
      Path folder,
      BasicFileAttributes attributes,
      String prefix,
      Set<Object> above,
      ScoreListing.Builder listing)
      throws IOException {
    if (!above.add(attributes.fileKey())) {
      listing.addLoop();
      return;
    }

    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        visit(entry, prefix, above, listing);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (AccessDeniedException e) {
      throw UserException.badData(
          "cannot list " + folder + ": permission denied; nobody knows how many files are in it");
    }

    above.remove(attributes.fileKey());
  }

  private void visit(Path entry, String prefix, Set<Object> above, ScoreListing.Builder listing)
      throws IOException {
    BasicFileAttributes attributes = attributes(entry);
    boolean folder = attributes != null && attributes.isDirectory();
    if (entry.getFileName().toString().startsWith(".")) {
      if (folder) {
        listing.addHiddenFolder();
      } else {
        listing.addHiddenFile();
      }
    } else if (folder) {
      walk(entry, attributes, prefix, above, listing);
    } else if (attributes == null || attributes.isRegularFile()) {
      String raw = raw(entry);
      String relative = decode(raw.substring(rawRoot.length()));
      String path = prefix.isEmpty() ? relative : prefix + "/" + relative;
      listing.add(new InputFile(path, location(raw), attributes == null ? 0 : attributes.size()));
    } else {
      listing.addSpecial();
    }
  }

  /** Of what a link points to; null when that can't be found out, which reading will explain. */
  private static BasicFileAttributes attributes(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      return null;
    }
  }

  /** The path's bytes, %-escaped where they aren't plain ASCII. */
  private static String raw(Path path) {
    return path.toUri().getRawPath();
  }

  /** With an empty authority: without it Java goes through java.io.File, which loses raw bytes. */
  private static String location(String raw) {
    return SCHEME + "//" + raw;
  }

  /** Raw path to readable path; bytes that are no UTF-8 show as \xE4. */
  static String decode(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int k = 0; k < raw.length(); k++) {
      if (raw.charAt(k) == '%') {
        bytes.write(Integer.parseInt(raw.substring(k + 1, k + 3), 16));
        k += 2;
      } else {
        bytes.write(raw.charAt(k));
      }
    }

    String path = utf8(bytes.toByteArray());
    int start = path.startsWith("/") ? 1 : 0;
    return path.substring(start, path.endsWith("/") ? path.length() - 1 : path.length());
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder text = new StringBuilder();
      for (byte b : bytes) {
        text.append(b >= 0 ? String.valueOf((char) b) : "\\x%02X".formatted(b & 0xFF));
      }

      return text.toString();
    }
  }
}
