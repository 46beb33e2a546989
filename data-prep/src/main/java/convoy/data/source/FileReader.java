package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
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

  /** The index of a picture whose class is such an entry. */
  static final long NO_CLASS = -3;

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
          "no-class", "its class is not a file, or its name leads out of its archive");
    }

    return Content.file(item.index() == WHOLE ? whole(item) : slice(item));
  }

  private byte[] whole(Item item) throws IOException, BadPictureException {
    Path path = new Path(URI.create(item.file()));
    FileSystem files = SourceFiles.of(configuration, path);
    if (Folder.isSpecial(files, path)) {
      throw new BadPictureException("unreadable", "a pipe, socket or device");
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
