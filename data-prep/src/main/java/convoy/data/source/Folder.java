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
 * What lies in a folder. Local ones are listed by java.nio: Hadoop's local file system leaves out
 * links to nowhere and names that are no UTF-8, and takes a pipe for a file.
 */
final class Folder {
  private static final char NO_UTF8 = '\uFFFD';

  private Folder() {}

  /** What an entry is, links followed. */
  enum Kind {
    FOLDER,
    FILE,
    /** A pipe, a socket or a device: reading it may wait for ever. */
    SPECIAL
  }

  /**
   * One name in a folder.
   *
   * @param name with bytes that are no UTF-8 as {@code \xE4}
   * @param uri of the file, as items have it
   * @param identity of a local folder, to notice a link back; else null
   */
  record Entry(String name, Path path, String uri, Kind kind, long bytes, Object identity) {}

  /** In no order. */
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

  /** Of a local folder, to begin with. */
  static Object identity(FileSystem store, Path folder) throws IOException {
    return "file".equals(store.getUri().getScheme())
        ? Files.readAttributes(
                java.nio.file.Path.of(folder.toUri().getPath()), BasicFileAttributes.class)
            .fileKey()
        : null;
  }

  /** Whether a local path is a pipe, a socket or a device: opening it may wait for ever. */
  static boolean isSpecial(FileSystem store, Path path) {
    try {
      return "file".equals(store.getUri().getScheme())
          && Files.readAttributes(
                  java.nio.file.Path.of(path.toUri().getPath()), BasicFileAttributes.class)
              .isOther();
    } catch (IOException | InvalidPathException unknown) { // Opening it will say why.
      return false;
    }
  }

  private static Entry entry(Path folder, java.nio.file.Path entry) {
    String name = String.valueOf(entry.getFileName());
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(entry, BasicFileAttributes.class);
    } catch (IOException toNowhere) { // Reading it will say why.
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

    // From parts: as one text a colon in the name would end a scheme.
    String parent = folder.toUri().getPath();
    Path path =
        new Path(
            folder.toUri().getScheme(),
            folder.toUri().getAuthority(),
            parent.endsWith("/") ? parent + name : parent + "/" + name);
    return new Entry(name, path, path.toUri().toString(), kind, bytes, identity);
  }

  /** The last name of a raw path, strange bytes as \xE4. */
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

  /** Whether the name can be spelled: only such a folder can be opened through Hadoop. */
  static boolean isSpelled(Entry entry) {
    return entry.path().getName().equals(entry.name());
  }
}
