package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads items that are files, or that lie in an archive at an offset. The archive of the last item
 * stays open.
 */
final class FileReader implements Source.Reader {
  /**
   * The largest item in bytes. Photographs are smaller; a film among the pictures is not read at
   * all.
   */
  static final long MAX_BYTES = 256L << 20;

  /** The index of an item that is a separate file. A larger index is an offset in an archive. */
  static final long WHOLE = 0;

  /** The index of a link, pipe, device or file with holes in an archive. */
  static final long NO_FILE = -1;

  /** The index of an entry whose name is absolute or leads out of its archive. */
  static final long UNSAFE_NAME = -2;

  /** The index of a picture in an archive that has no class for it that can be read. */
  static final long NO_CLASS = -3;

  /** The index of a file that a list names and that doesn't exist. */
  static final long NOT_FOUND = -4;

  private final Configuration configuration;
  private String open;
  private FSDataInputStream archive;

  FileReader(Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public Content read(Item item) throws IOException, BadPictureException {
    if (item.index() == NO_FILE) {
      throw new BadPictureException(
          "no-file", "a link, pipe, device or file with holes in an archive");
    }

    if (item.index() == UNSAFE_NAME) {
      throw new BadPictureException("unsafe-name", "a name that leads out of its archive");
    }

    if (item.index() == NO_CLASS) {
      throw new BadPictureException(
          "no-class",
          "its class (.cls or .json) is missing or names none, or is not a file of its archive");
    }

    if (item.index() == NOT_FOUND) {
      throw new BadPictureException("not-found", "the list names it and it doesn't exist");
    }

    return Content.file(item.index() == WHOLE ? whole(item) : slice(item));
  }

  private byte[] whole(Item item) throws IOException, BadPictureException {
    URI uri = URI.create(item.file());
    if (isRaw(uri)) {
      return raw(RawNames.path(uri.getRawPath()));
    }

    Path path = new Path(uri);
    FileSystem files = SourceFiles.of(configuration, path);
    if (Folder.isSpecial(files, path)) {
      throw special();
    }

    try (FSDataInputStream in = files.open(path)) {
      return bytes(files, path, in);
    } catch (IOException trouble) {
      if (isOfThisFile(trouble)) {
        throw new BadPictureException("unreadable", trouble.toString());
      }

      // The store failed, so a retry of the task may succeed.
      throw trouble;
    }
  }

  /**
   * Returns whether letters beyond ASCII are %-escaped, which {@link Folder} does for raw names.
   */
  private static boolean isRaw(URI uri) {
    return "file".equals(uri.getScheme())
        && StandardCharsets.US_ASCII.newEncoder().canEncode(uri.getRawPath())
        && !StandardCharsets.US_ASCII.newEncoder().canEncode(uri.getPath());
  }

  private static byte[] raw(java.nio.file.Path path) throws IOException, BadPictureException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (attributes.isOther()) {
        throw special();
      }

      size(attributes.size());
      return Files.readAllBytes(path);
    } catch (FileSystemException trouble) {
      throw new BadPictureException("unreadable", trouble.toString());
    }
  }

  private static BadPictureException special() {
    return new BadPictureException("unreadable", "a pipe, socket or device");
  }

  private static byte[] bytes(FileSystem files, Path path, FSDataInputStream in)
      throws IOException, BadPictureException {
    byte[] bytes = new byte[size(files.getFileStatus(path).getLen())];
    try {
      in.readFully(bytes);
      return bytes;
    } catch (EOFException early) {
      // A broken connection ends early too. Only the store knows whether the file itself is
      // shorter.
      if (files.getFileStatus(path).getLen() < bytes.length) {
        throw new BadPictureException("unreadable", path + " became shorter while it was read");
      }

      throw early;
    }
  }

  private byte[] slice(Item item) throws IOException, BadPictureException {
    byte[] bytes = new byte[size(item.bytes())];
    if (!item.file().equals(open)) {
      close();
      Path path = new Path(URI.create(item.file()));
      archive = SourceFiles.of(configuration, path).open(path);
      open = item.file();
    }

    archive.readFully(item.index(), bytes);
    return bytes;
  }

  private static int size(long bytes) throws BadPictureException {
    if (bytes > MAX_BYTES) {
      throw new BadPictureException(
          "too-large", String.format("%,d bytes, more than %,d", bytes, MAX_BYTES));
    }

    return (int) bytes;
  }

  private static boolean isOfThisFile(IOException trouble) {
    return trouble instanceof FileNotFoundException
        || trouble instanceof AccessDeniedException
        || trouble instanceof ChecksumException
        // The class is in org.apache.hadoop.security, which this module can't use.
        || trouble.getClass().getSimpleName().equals("AccessControlException");
  }

  @Override
  public void close() throws IOException {
    if (archive != null) {
      archive.close();
      archive = null;
      open = null;
    }
  }
}
