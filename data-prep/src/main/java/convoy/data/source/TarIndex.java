package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What lies where in a tar, found by seeking from header to header; nothing is unpacked. */
final class TarIndex {
  private static final int BLOCK_BYTES = 512;

  private TarIndex() {}

  /**
   * A file of a tar.
   *
   * @param name as it stands in the header
   * @param index offset of the first byte in the outermost file, or what {@link FileReader} says of
   *     one that isn't read
   */
  record Entry(String name, long index, long bytes) {
    boolean isReadable() {
      return index > 0;
    }

    boolean isHidden() {
      return lastName().startsWith(".");
    }

    String lastName() {
      return name.substring(name.lastIndexOf('/') + 1);
    }

    Candidate candidate(String key, String split, String className, Path tar) {
      return new Candidate(key, split, className, bytes, tar.toUri().toString(), index);
    }
  }

  /** The entries of a whole file, folders left out, in the tar's order. */
  static List<Entry> of(Configuration configuration, Path path) throws IOException {
    FileSystem files = SourceFiles.of(configuration, path);
    try (FSDataInputStream in = files.open(path)) {
      return of(in, path.toString(), 0, files.getFileStatus(path).getLen());
    } catch (FileNotFoundException absent) {
      throw new SourceException(path + " doesn't exist: check --in", absent);
    }
  }

  /** The entries of a tar inside another file. */
  static List<Entry> of(FSDataInputStream in, String name, long start, long size)
      throws IOException {
    requireUnpacked(in, name, start, size);
    List<Entry> entries = new ArrayList<>();
    long end = 0;
    try (TarFile tar =
        new TarFile(
            new StoreChannel(in, start, size),
            TarConstants.DEFAULT_BLKSIZE,
            BLOCK_BYTES,
            StandardCharsets.UTF_8.name(),
            false)) {
      for (TarArchiveEntry entry : tar.getEntries()) {
        end =
            entry.getDataOffset() + (entry.getSize() + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        if (!entry.isDirectory()) {
          entries.add(entry(entry, name, start, size));
        }
      }
    } catch (SourceException own) {
      throw own;
    } catch (IOException | IllegalArgumentException damaged) {
      throw new SourceException(
          name + " is no whole tar (" + damaged.getMessage() + "): fetch it again", damaged);
    }

    if (end + BLOCK_BYTES > size) {
      throw new SourceException(name + " has no end mark: it is cut, fetch it again");
    }

    return entries;
  }

  private static void requireUnpacked(FSDataInputStream in, String name, long start, long size)
      throws IOException {
    byte[] magic = new byte[2];
    if (size >= magic.length) {
      in.readFully(start, magic);
      if ((magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
        throw new SourceException(
            name + " is packed with gzip, which can't be read from the middle: gunzip it");
      }
    }
  }

  private static Entry entry(TarArchiveEntry entry, String tar, long start, long size)
      throws SourceException {
    if (!entry.isFile() || entry.isLink() || entry.isSymbolicLink() || entry.isSparse()) {
      return new Entry(entry.getName(), FileReader.NO_FILE, 0);
    }

    if (entry.getDataOffset() + entry.getSize() > size) {
      throw new SourceException(
          tar + " ends inside of " + entry.getName() + ": it is cut, fetch it again");
    }

    boolean safe = isSafe(entry.getName());
    long index = safe ? start + entry.getDataOffset() : FileReader.UNSAFE_NAME;
    return new Entry(entry.getName(), index, entry.getSize());
  }

  private static boolean isSafe(String name) {
    return !name.startsWith("/")
        && !name.contains("\\")
        && !List.of(name.split("/", -1)).contains("..");
  }
}
