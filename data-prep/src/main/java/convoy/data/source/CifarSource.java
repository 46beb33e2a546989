package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * CIFAR-10's binary files (Krizhevsky 2009): data_batch_1.bin ... and test_batch.bin, which is the
 * validation split, in the tar of the archive or in a folder. A record is the label and 32 x 32
 * pixels in three planes; pixels stay as they are. CIFAR-10 as class folders is the source folder.
 */
final class CifarSource implements Source {
  private static final int PLANE = 32 * 32;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @Override
  public String name() {
    return "cifar10";
  }

  /** A batch file, or its place in the archive. */
  private record Batch(Path path, String name, long start, long bytes) implements Serializable {
    boolean isWanted() {
      return name.matches("(data_batch_\\d+|test_batch)\\.bin");
    }
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    Configuration configuration = tasks.configuration();
    InputFiles files = InputFiles.of(configuration, inputs);
    List<Batch> batches = new ArrayList<>();
    for (Path path : files.ending(".bin")) {
      long bytes = SourceFiles.of(configuration, path).getFileStatus(path).getLen();
      batches.add(new Batch(path, path.getName(), 0, bytes));
    }

    for (Path tar : files.ending(".tar")) {
      for (TarIndex.Entry entry : TarIndex.of(configuration, tar)) {
        if (entry.isReadable()) {
          batches.add(new Batch(tar, entry.lastName(), entry.index(), entry.bytes()));
        }
      }
    }

    batches.removeIf(batch -> !batch.isWanted());
    if (batches.isEmpty() && !files.ending(".tar.gz").isEmpty()) {
      throw new SourceException(
          files.ending(".tar.gz") + " can't be read from the middle: gunzip it, the .tar will do");
    }

    Findings found = new Findings();
    found.addAll(tasks, batches, CifarSource::records);
    return Candidates.listing(found, CLASSES, inputs.toString());
  }

  private static Findings records(Configuration configuration, Batch batch) throws IOException {
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
    FileSystem store = SourceFiles.of(configuration, batch.path());
    try (FSDataInputStream in = store.open(batch.path())) {
      in.seek(batch.start());
      for (int i = 0; i < batch.bytes() / RECORD; i++) {
        in.readFully(record);
        int label = record[0] & 0xff;
        if (label >= CLASSES.size()) {
          throw new SourceException(
              "%s in %s: record %d has the label %d, CIFAR-10 ends with 9"
                  .formatted(batch.name(), batch.path(), i, label));
        }

        // Behind the label, so that 0 never means a whole file.
        long index = batch.start() + (long) i * RECORD + 1;
        String key = "%s/%05d".formatted(name, i);
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
        byte[] planes = files.read(item).bytes();
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
}
