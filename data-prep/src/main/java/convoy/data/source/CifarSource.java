package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Reads CIFAR-10's binary files (Krizhevsky 2009): data_batch_1.bin ... and test_batch.bin, which
 * is the validation split. They are read from the downloaded archive, from its tar or from a
 * folder. A record is the label and 32 x 32 pixels in three planes; the pixels stay unchanged. For
 * CIFAR-10 in class folders, use the source folder.
 */
final class CifarSource implements Source {
  static final String NO_CIFAR_100 =
      "Convoy reads CIFAR-10 only; write its pictures into class folders and use --source folder";
  static final String PYTHON =
      "CIFAR-10 as Python's pickle, which only Python reads: fetch cifar-10-binary.tar.gz";

  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @Override
  public String name() {
    return "cifar10";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    Findings found = new Findings();
    InputFiles files = InputFiles.of(tasks.configuration(), inputs);
    List<CifarBatch> batches = CifarBatch.find(tasks.configuration(), files, found);
    if (batches.isEmpty()) {
      throw files.nothing("data_batch_1.bin ... or test_batch.bin");
    }

    found.addAll(tasks, batches, CifarSource::records);
    return Candidates.listing(found, CLASSES, inputs.toString());
  }

  private static Findings records(Configuration configuration, CifarBatch batch)
      throws IOException {
    if (batch.bytes() == 0 || batch.bytes() % RECORD != 0) {
      throw new SourceException(
          "%s in %s has %,d bytes, records have %,d: it is cut, fetch it again"
              .formatted(batch.name(), batch.path(), batch.bytes(), RECORD));
    }

    String name = batch.name().replace(".bin", "");
    String split = name.startsWith("test") ? Item.VALIDATION : Item.TRAIN;
    String uri = batch.path().toUri().toString();
    Findings found = new Findings();
    byte[] record = new byte[RECORD];
    try (DataInputStream in = batch.open(configuration)) {
      for (int i = 0; i < batch.bytes() / RECORD; i++) {
        in.readFully(record);
        int label = record[0] & 0xff;
        if (label >= CLASSES.size()) {
          throw new SourceException(
              "%s in %s: record %d has the label %d, CIFAR-10 ends with 9"
                  .formatted(batch.name(), batch.path(), i, label));
        }

        // The pixels come after the label, so 0 never means a whole file.
        long index = batch.start() + (long) i * RECORD + 1;
        String key = String.format(Locale.ROOT, "%s/%05d", name, i);
        found.add(new Candidate(key, split, CLASSES.get(label), 3 * PLANE, uri, index));
      }
    }

    return found;
  }

  @Override
  public Reader open(Configuration configuration) {
    FileReader files = new FileReader(configuration);
    return new Reader() {
      @Override
      public Content read(Item item) throws IOException, BadPictureException {
        byte[] planes =
            CifarBatch.isPacked(item.file())
                ? unpacked(configuration, item)
                : files.read(item).bytes();
        byte[] pixels = new byte[planes.length];
        for (int i = 0; i < PLANE; i++) {
          for (int channel = 0; channel < 3; channel++) {
            pixels[3 * i + channel] = planes[channel * PLANE + i];
          }
        }

        return new Content(pixels, "raw", 32, 32, 3);
      }

      @Override
      public void close() throws IOException {
        files.close();
      }
    };
  }

  private static byte[] unpacked(Configuration configuration, Item item) throws IOException {
    Path path = new Path(URI.create(item.file()));
    byte[] bytes = UnpackedFile.of(SourceFiles.of(configuration, path), path);
    long end = item.index() + item.bytes();
    if (end > bytes.length) {
      throw new SourceException(path + " became shorter while it was read");
    }

    return Arrays.copyOfRange(bytes, (int) item.index(), (int) end);
  }
}
