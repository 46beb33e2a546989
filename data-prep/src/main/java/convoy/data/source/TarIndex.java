package convoy.data.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds where each file lies in a tar by seeking from header to header. Nothing is unpacked. */
final class TarIndex {
  private static final int BLOCK_BYTES = 512;

  /**
   * The most zero bytes after the last file. By default tar writes blocks of 10 KiB; an option
   * makes them larger.
   */
  private static final int MOST_PADDING = 1 << 20;

  private static final int PACKED_MAGIC_BYTES = 6;

  /** What packed a file, and what unpacks it. */
  private record Packer(String name, String tool) {}

  /** Packers by the first bytes of their files. */
  private static final Map<String, Packer> PACKERS =
      Map.of(
          "1f8b", new Packer("gzip", "gunzip"),
          "425a68", new Packer("bzip2", "bunzip2"),
          "fd377a585a00", new Packer("xz", "unxz"),
          "28b52ffd", new Packer("zstd", "unzstd"),
          "504b0304", new Packer("zip", "unzip"),
          "377abcaf271c", new Packer("7-Zip", "unpack"));

  /** Every other kind is a link, a pipe, a device or a part of a file. */
  private static final Set<Byte> FILES =
      Set.of(TarConstants.LF_OLDNORM, TarConstants.LF_NORMAL, TarConstants.LF_CONTIG);

  private TarIndex() {}

  /**
   * A file of a tar.
   *
   * @param name as in the header
   * @param index offset of the first byte in the outermost file, or the reason, as a constant of
   *     {@link FileReader}, for which it isn't read
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

    /**
     * Returns a candidate for quarantine, with the index from which {@link FileReader} knows the
     * reason.
     */
    Candidate unread(String key, String split, long reason, Path tar) {
      return new Candidate(key, split, null, bytes, tar.toUri().toString(), reason);
    }
  }

  /** Lists the entries of a whole file without folders, in the tar's order. */
  static List<Entry> of(Configuration configuration, Path path) throws IOException {
    FileSystem files = SourceFiles.of(configuration, path);
    try (FSDataInputStream in = files.open(path)) {
      return of(in, path.toString(), 0, files.getFileStatus(path).getLen());
    } catch (FileNotFoundException absent) {
      throw new SourceException(path + " doesn't exist: check --in", absent);
    }
  }

  /** Lists the entries of a tar inside another file. */
  static List<Entry> of(FSDataInputStream in, String name, long start, long size)
      throws IOException {
    try {
      return of(new StoreChannel(in, start, size), name, start);
    } catch (UncheckedIOException store) { // The store failed, so a retry may succeed.
      throw store.getCause();
    }
  }

  /**
   * Lists the entries of a tar in a channel whose reads fill their targets.
   *
   * @param start of the channel in the outermost file
   */
  static List<Entry> of(SeekableByteChannel channel, String name, long start) throws IOException {
    requireUnpacked(channel, name);
    List<Entry> entries = new ArrayList<>();
    try (TarFile tar =
        new TarFile(
            channel,
            TarConstants.DEFAULT_BLKSIZE,
            BLOCK_BYTES,
            StandardCharsets.UTF_8.name(),
            false)) {
      long end = 0;
      for (TarArchiveEntry entry : tar.getEntries()) {
        end =
            entry.getDataOffset() + (entry.getSize() + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        if (!entry.isDirectory()) {
          entries.add(entry(entry, name, start, channel.size()));
        }
      }

      requireEnd(channel, name, end);
    } catch (SourceException own) {
      throw own;
    } catch (IOException | IllegalArgumentException damaged) {
      throw new SourceException(
          name + " is not a complete tar (" + damaged.getMessage() + "): fetch it again", damaged);
    }

    return entries;
  }

  private static void requireUnpacked(SeekableByteChannel channel, String name) throws IOException {
    ByteBuffer start = ByteBuffer.allocate((int) Math.min(PACKED_MAGIC_BYTES, channel.size()));
    channel.read(start);
    String magic = HexFormat.of().formatHex(start.array());
    for (Map.Entry<String, Packer> packer : PACKERS.entrySet()) {
      if (magic.startsWith(packer.getKey())) {
        throw new SourceException(
            "%s is packed with %s, which can't be read from the middle: %s it"
                .formatted(name, packer.getValue().name(), packer.getValue().tool()));
      }
    }

    channel.position(0);
  }

  /**
   * Fails if anything other than padding follows the end mark. A header of zeros ends a tar even in
   * its middle, so the files after a hole would be lost.
   */
  private static void requireEnd(SeekableByteChannel channel, String name, long end)
      throws IOException {
    long rest = channel.size() - end;
    if (rest < BLOCK_BYTES) {
      throw new SourceException(name + " has no end mark: it is cut, fetch it again");
    }

    ByteBuffer padding = ByteBuffer.allocate((int) Math.min(rest, MOST_PADDING));
    channel.position(end).read(padding);
    boolean zeros = rest <= MOST_PADDING;
    for (byte value : padding.array()) {
      zeros &= value == 0;
    }

    if (!zeros) {
      throw new SourceException(
          name + " goes on after its end mark, or has a hole: fetch it again");
    }
  }

  private static Entry entry(TarArchiveEntry entry, String tar, long start, long size)
      throws SourceException {
    if (!FILES.contains(entry.getLinkFlag()) || entry.isSparse()) {
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
