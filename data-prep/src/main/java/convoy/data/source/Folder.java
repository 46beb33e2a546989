package convoy.data.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
   * @param uri of the file, in the form that items use
   * @param identity of a local folder, to detect a link back to it; null otherwise
   */
  record Entry(String name, Path path, String uri, Kind kind, long bytes, Object identity) {}

  /** Lists a folder in no particular order. */
  static List<Entry> list(FileSystem store, Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!"file".equals(store.getUri().getScheme())) {
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

    java.nio.file.Path local = java.nio.file.Path.of(folder.toUri().getPath());
    try (DirectoryStream<java.nio.file.Path> inside = Files.newDirectoryStream(local)) {
      for (java.nio.file.Path entry : inside) {
        entries.add(entry(folder, entry));
      }
    } catch (DirectoryIteratorException problem) {
      throw problem.getCause();
    }

    return entries;
  }

  /** Returns the identity of a local folder where a walk starts. */
  static Object identity(FileSystem store, Path folder) throws IOException {
    return "file".equals(store.getUri().getScheme())
        ? Files.readAttributes(
                java.nio.file.Path.of(folder.toUri().getPath()), BasicFileAttributes.class)
            .fileKey()
        : null;
  }

  /** Returns whether a local path is a pipe, a socket or a device. Opening it may wait forever. */
  static boolean isSpecial(FileSystem store, Path path) {
    try {
      return "file".equals(store.getUri().getScheme())
          && Files.readAttributes(
                  java.nio.file.Path.of(path.toUri().getPath()), BasicFileAttributes.class)
              .isOther();
    } catch (IOException | InvalidPathException unknown) { // Opening it will report the reason.
      return false;
    }
  }

  private static Entry entry(Path folder, java.nio.file.Path entry) {
    String name = String.valueOf(entry.getFileName());
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
    Object identity = attributes == null ? null : attributes.fileKey();
    if (name.indexOf(NO_UTF8) >= 0) {
      String raw = entry.toUri().getRawPath();
      return new Entry(readable(raw), folder, "file:" + raw, kind, bytes, identity);
    }

    // The URI is built from parts, because in a single text a colon in the name would end a scheme.
    String parent = folder.toUri().getPath();
    Path path =
        new Path(
            folder.toUri().getScheme(),
            folder.toUri().getAuthority(),
            parent.endsWith("/") ? parent + name : parent + "/" + name);
    return new Entry(name, path, path.toUri().toString(), kind, bytes, identity);
  }

  /** Returns the last name of a raw path, with bytes that aren't UTF-8 as \xE4. */
  private static String readable(String raw) {
    String last = raw.replaceFirst("/$", "");
    last = last.substring(last.lastIndexOf('/') + 1);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < last.length(); i++) {
      if (last.charAt(i) == '%') {
        int code = Integer.parseInt(last.substring(i + 1, i + 3), 16);
        name.append(code < 0x80 ? String.valueOf((char) code) : "\\x%02X".formatted(code));
        i += 2;
      } else {
        name.append(last.charAt(i));
      }
    }

    return name.toString();
  }

  /** Returns whether the name is valid UTF-8. Hadoop can open no other folders. */
  static boolean isSpelled(Entry entry) {
    return entry.path().getName().equals(entry.name());
  }
}
