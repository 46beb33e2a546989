package convoy.data.source;

import convoy.data.files.Storage;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The header of an IDX file of bytes (LeCun's page of MNIST): magic number, sizes, and then the
 * values.
 *
 * @param packed whether the file is packed by gzip
 * @param headerBytes bytes before the first value
 * @param rows 1 for labels
 * @param columns 1 for labels
 */
record IdxFile(Path path, boolean packed, int headerBytes, int count, int rows, int columns) {
  static final String IMAGES = "images-idx3-ubyte";
  static final String LABELS = "labels-idx1-ubyte";
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  /**
   * Looks for {@code part-kind}, also with a dot before idx, with .gz, and in a folder of its own
   * name, as Kaggle packs it; returns null if it is absent.
   */
  static IdxFile find(Configuration configuration, Path folder, String part, String kind)
      throws IOException {
    FileSystem files = Storage.of(configuration, folder);
    List<Path> paths = new ArrayList<>();
    names(part, kind).forEach(name -> paths.add(new Path(folder, name)));
    names(part, kind).forEach(name -> paths.add(new Path(new Path(folder, name), name)));
    for (Path path : paths) {
      if (files.exists(path) && files.getFileStatus(path).isFile()) {
        Folder.requireNotSpecial(files, path);
        return of(files, path);
      }
    }

    return null;
  }

  static IdxFile require(Configuration configuration, Path folder, String part, String kind)
      throws IOException {
    if (!Storage.of(configuration, folder).exists(folder)) {
      throw new SourceException("source folder " + folder + " doesn't exist: check --in");
    }

    IdxFile found = find(configuration, folder, part, kind);
    if (found == null) {
      InputFiles there = InputFiles.of(configuration, List.of(folder));
      throw new SourceException(
          "%s has no %s-%s (plain or .gz): %s".formatted(folder, part, kind, there.recognized()));
    }

    if ((found.headerBytes == IMAGES_HEADER) != kind.equals(IMAGES)) {
      throw new SourceException(found.path + " is another kind of IDX file than its name says");
    }

    return found;
  }

  private static List<String> names(String part, String kind) {
    String name = part + "-" + kind;
    String dotted = part + "-" + kind.replace("-idx", ".idx");
    return List.of(name, name + ".gz", dotted, dotted + ".gz");
  }

  /** Reads the header. */
  static IdxFile of(FileSystem files, Path path) throws IOException {
    try (InputStream raw = new BufferedInputStream(files.open(path))) {
      raw.mark(2);
      boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      DataInputStream in = new DataInputStream(packed ? new GZIPInputStream(raw) : raw);
      int magic = in.readInt();
      if (magic != IMAGES_MAGIC && magic != LABELS_MAGIC) {
        throw new SourceException(
            String.format("%s is not an IDX file of bytes: it begins with %08x", path, magic));
      }

      int count = in.readInt();
      int rows = magic == IMAGES_MAGIC ? in.readInt() : 1;
      int columns = magic == IMAGES_MAGIC ? in.readInt() : 1;
      if (count < 0 || rows < 1 || columns < 1 || (long) rows * columns > 1 << 24) {
        throw new SourceException(
            path + " states " + count + " items of " + rows + " x " + columns + ": it is damaged");
      }

      int header = magic == IMAGES_MAGIC ? IMAGES_HEADER : LABELS_HEADER;
      return new IdxFile(path, packed, header, count, rows, columns);
    } catch (FileNotFoundException e) {
      throw new SourceException(path + " doesn't exist", e);
    } catch (EOFException | ZipException e) {
      throw cut(path, e);
    }
  }

  int itemBytes() {
    return rows * columns;
  }

  /** Reads all labels. A count that is larger than the file costs no memory. */
  byte[] labels(Configuration configuration) throws IOException {
    requireWhole(configuration);
    byte[] values = new byte[count];
    try (DataInputStream in = values(Storage.of(configuration, path))) {
      in.readFully(values);
    } catch (EOFException | ZipException e) {
      throw cut(path, e);
    }

    return values;
  }

  /** Reads through the file once, so that a truncated file is found before any task starts. */
  void requireWhole(Configuration configuration) throws IOException {
    FileSystem files = Storage.of(configuration, path);
    long bytes = (long) count * itemBytes();
    if (!packed) {
      requireLength(files.getFileStatus(path).getLen() - headerBytes, bytes);
      return;
    }

    try (DataInputStream in = values(files)) {
      in.skipNBytes(bytes);
      // Gzip's own checksum is at the end and is checked only there.
      requireLength(in.read() < 0 ? bytes : bytes + 1, bytes);
    } catch (EOFException | ZipException e) {
      throw cut(path, e);
    }

    UnpackedFile.requireFitting(path, headerBytes + bytes);
  }

  private void requireLength(long found, long stated) throws SourceException {
    if (found > stated) {
      throw new SourceException(path + " goes on after its " + count + " items: it is damaged");
    }

    if (found < stated) {
      throw cut(path, null);
    }
  }

  private DataInputStream values(FileSystem files) throws IOException {
    InputStream raw = new BufferedInputStream(files.open(path), 1 << 16);
    DataInputStream in = new DataInputStream(packed ? new GZIPInputStream(raw, 1 << 16) : raw);
    in.skipNBytes(headerBytes);
    return in;
  }

  private static SourceException cut(Path path, IOException cause) {
    return new SourceException(path + " ends too early or is damaged: fetch it again", cause);
  }
}
