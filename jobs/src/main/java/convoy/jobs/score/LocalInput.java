package convoy.jobs.score;

import convoy.data.source.FoldersAbove;
import convoy.data.source.RawNames;
import convoy.jobs.base.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of this machine, read with java.nio. Hadoop's Path can't hold a colon in a relative name,
 * and its local file system loses letters that the locale can't spell. A location is the URI of the
 * raw bytes of a name, so it means the same file in a process with another locale.
 *
 * <p>Links to files and folders are followed. A link that doesn't resolve is a file that can't be
 * read. A link back to a folder above it is counted and skipped.
 */
final class LocalInput implements ScoreInputs.Input {
  static final String SCHEME = "file:";

  private static final Logger LOG = LoggerFactory.getLogger(LocalInput.class);

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

  /** Takes a path, or {@code file:} and a path, literally: nothing in it is %-decoded. */
  static LocalInput of(String path) throws IOException {
    String plain = path;
    if (path.startsWith(SCHEME) && !exists(path)) {
      plain = path.substring(SCHEME.length()).replaceFirst("^///*", "/");
    }

    Path root = Path.of(plain);
    if (!Files.exists(root)) {
      throw UserException.badData("--in " + path + " doesn't exist: check the path");
    }

    if (Files.readAttributes(root, BasicFileAttributes.class).isOther()) {
      throw UserException.badData(
          "--in " + path + " is a pipe, socket or device: name a file or folder");
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
      walk(root, prefix, new FoldersAbove(root), listing);
    } else {
      listing.add(
          new InputFile(prefix.isEmpty() ? name() : prefix, location(rawRoot), attributes.size()));
    }
  }

  private void walk(Path folder, String prefix, FoldersAbove above, ScoreListing.Builder listing)
      throws IOException {
    if (!above.enter(folder)) {
      LOG.warn(
          "a link leads back to a folder above it: {} is not read", RawNames.decode(raw(folder)));
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
          "cannot list "
              + folder
              + ": permission denied, so its files can't be counted; mend its permissions");
    }

    above.leave();
  }

  private void visit(Path entry, String prefix, FoldersAbove above, ScoreListing.Builder listing)
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
      walk(entry, prefix, above, listing);
    } else if (attributes == null || attributes.isRegularFile()) {
      String raw = raw(entry);
      String relative = decode(raw.substring(rawRoot.length()));
      String path = prefix.isEmpty() ? relative : prefix + "/" + relative;
      listing.add(new InputFile(path, location(raw), attributes == null ? 0 : attributes.size()));
    } else {
      listing.addSpecial();
    }
  }

  /**
   * The attributes of a link's target; null if they can't be read. Reading the file then says why.
   */
  private static BasicFileAttributes attributes(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (FileSystemException e) {
      return null;
    }
  }

  /** The bytes of the path; those that aren't plain ASCII are %-escaped. */
  private static String raw(Path path) {
    return RawNames.of(path);
  }

  /** Adds an empty authority. Without it Java uses java.io.File, which loses raw bytes. */
  private static String location(String raw) {
    return SCHEME + "//" + raw;
  }

  /** Makes a raw path readable and relative. */
  private static String decode(String raw) {
    String path = RawNames.decode(raw);
    int start = path.startsWith("/") ? 1 : 0;
    return path.substring(start, path.endsWith("/") ? path.length() - 1 : path.length());
  }
}
