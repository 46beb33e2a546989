package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Lists a folder. Local folders are listed by java.nio, because Hadoop's local file system skips
 * dangling links and names that aren't UTF-8, and treats a pipe as a file.
 */
final class Folder {
  private static final char NO_UTF8 = '\uFFFD';
  private static final String LOCAL = "file";

  private Folder() {}

  /** The kind of an entry, after following links. */
  enum Kind {
    FOLDER,
    FILE,
    /** A pipe, a socket or a device. Reading it may wait forever. */
    SPECIAL
  }

  /**
   * One name in a folder.
   *
   * @param name bytes that aren't UTF-8 are written as {@code \xE4}
   * @param path null if Hadoop can't spell it
   * @param uri of the file, in the form that items use
   * @param local the same as a local path; null in other file systems
   */
  record Entry(
      String name, Path path, String uri, Kind kind, long bytes, java.nio.file.Path local) {}

  /** Lists a folder in no particular order. */
  static List<Entry> list(FileSystem store, Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!isLocal(store)) {
      RemoteIterator<FileStatus> inside = store.listStatusIterator(folder);
      while (inside.hasNext()) {
        FileStatus status = inside.next();
        Kind kind = status.isDirectory() ? Kind.FOLDER : Kind.FILE;
        Path path = status.getPath();
        entries.add(
            new Entry(path.getName(), path, path.toUri().toString(), kind, status.getLen(), null));
      }

      return entries;
    }

    return list(local(folder));
  }

  /** Lists a local folder, also one that Hadoop can't spell. */
  static List<Entry> list(java.nio.file.Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<java.nio.file.Path> inside = Files.newDirectoryStream(folder)) {
      for (java.nio.file.Path entry : inside) {
        entries.add(entry(entry));
      }
    } catch (DirectoryIteratorException problem) {
      throw problem.getCause();
    } catch (NoSuchFileException absent) {
      throw new FileNotFoundException(absent.getMessage());
    }

    return entries;
  }

  static boolean isLocal(FileSystem store) {
    return LOCAL.equals(store.getUri().getScheme());
  }

  /** Returns a path of the local file system as java.nio has it. */
  static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /** Returns whether a local path is a pipe, a socket or a device. Opening it may wait forever. */
  static boolean isSpecial(FileSystem store, Path path) {
    try {
      return isLocal(store)
          && Files.readAttributes(local(path), BasicFileAttributes.class).isOther();
    } catch (IOException | InvalidPathException unknown) { // Opening it will report the reason.
      return false;
    }
  }

  /** Fails if a local path is a pipe, a socket or a device. */
  static void requireNotSpecial(FileSystem store, Path path) throws SourceException {
    if (isSpecial(store, path)) {
      throw new SourceException(path + " is a pipe, socket or device: name a file or folder");
    }
  }

  private static Entry entry(java.nio.file.Path entry) {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (IOException toNowhere) { // Reading it will report the reason.
      attributes = null;
    }

    Kind kind =
        attributes == null || attributes.isRegularFile()
            ? Kind.FILE
            : attributes.isDirectory() ? Kind.FOLDER : Kind.SPECIAL;
    long bytes = attributes == null ? 0 : attributes.size();
    if (entry.toString().indexOf(NO_UTF8) >= 0) {
      String raw = RawNames.of(entry).replaceFirst("/$", "");
      String name = RawNames.decode(raw.substring(raw.lastIndexOf('/') + 1));
      return new Entry(name, null, LOCAL + ":" + raw, kind, bytes, entry);
    }

    // The URI is built from parts, because in a single text a colon in the name would end a scheme.
    Path path = new Path(LOCAL, null, entry.toString());
    String name = String.valueOf(entry.getFileName());
    return new Entry(name, path, path.toUri().toString(), kind, bytes, entry);
  }
}
