package convoy.jobs.prepare;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The forms that sources read, made of some of CIFAR-10's pictures and of MNIST's digits. */
final class SmallInputs {
  private static final Path CIFAR = PrepareRun.DATA.resolve("cifar10_jpeg/test.tar.gz");
  private static final Path MNIST = PrepareRun.DATA.resolve("mnist");
  private static final int A_CLASS = 12;
  private static final int DIGITS = 300;

  private SmallInputs() {}

  /** Writes the input of a source; the path that {@code --in} names, relative to the folder. */
  static String write(String source, Path folder) throws IOException, BadPictureException {
    Files.createDirectories(folder);
    return switch (source) {
      case "mnist" -> mnist(folder);
      case "cifar10" -> cifar(folder);
      case "webdataset" -> webDataset(folder);
      case "csv" -> list(folder, "list.csv", "path,label,split", "%s,%s,%s");
      case "jsonl" ->
          list(
              folder, "list.jsonl", "", "{\"path\": \"%s\", \"label\": \"%s\", \"split\": \"%s\"}");
      default -> throw new IllegalArgumentException(source);
    };
  }

  /** By class and number, such as {@code cat/0003.jpg}. */
  private static Map<String, byte[]> pictures() throws IOException {
    assumeTrue(Files.exists(CIFAR), "needs shared/data/cifar10_jpeg beside the checkout");
    Map<String, byte[]> pictures = new TreeMap<>();
    try (InputStream file = Files.newInputStream(CIFAR);
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextTarEntry();
          entry != null;
          entry = tar.getNextTarEntry()) {
        String name = entry.getName().replaceFirst("^test/", "");
        if (name.endsWith(".jpg") && number(name) < A_CLASS) {
          pictures.put(name, tar.readAllBytes());
        }
      }
    }

    return pictures;
  }

  private static int number(String name) {
    return Integer.parseInt(name.replaceAll("\\D", ""));
  }

  private static String className(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  /** The last pictures of each class. */
  private static String split(String name) {
    return number(name) < A_CLASS - 2 ? "train" : "val";
  }

  private static String list(Path folder, String list, String header, String row)
      throws IOException {
    List<String> lines = new ArrayList<>();
    if (!header.isEmpty()) {
      lines.add(header);
    }

    for (Map.Entry<String, byte[]> picture : pictures().entrySet()) {
      String name = picture.getKey();
      Files.createDirectories(folder.resolve(name).getParent());
      Files.write(folder.resolve(name), picture.getValue());
      lines.add(row.formatted(name, className(name), split(name)));
    }

    Files.write(folder.resolve(list), lines);
    return list;
  }

  private static String webDataset(Path folder) throws IOException {
    Map<String, Map<String, byte[]>> tars = new TreeMap<>();
    for (Map.Entry<String, byte[]> picture : pictures().entrySet()) {
      String name = picture.getKey();
      String tar = split(name) + "-" + number(name) % 2 + ".tar";
      Map<String, byte[]> files = tars.computeIfAbsent(tar, unseen -> new TreeMap<>());
      files.put(name, picture.getValue());
      files.put(name.replace(".jpg", ".cls"), className(name).getBytes(StandardCharsets.US_ASCII));
    }

    for (Map.Entry<String, Map<String, byte[]>> tar : tars.entrySet()) {
      Files.write(folder.resolve(tar.getKey()), PrepareSourcesIT.tar(tar.getValue()));
    }

    return ".";
  }

  /** The archive as it is downloaded, two of its batches: labels and planes of red, green, blue. */
  private static String cifar(Path folder) throws IOException, BadPictureException {
    Map<String, byte[]> pictures = pictures();
    List<String> classes =
        pictures.keySet().stream().map(SmallInputs::className).distinct().toList();
    Map<String, ByteArrayOutputStream> batches = new TreeMap<>();
    for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
      String batch = split(picture.getKey()).equals("train") ? "data_batch_1" : "test_batch";
      ByteArrayOutputStream records =
          batches.computeIfAbsent(
              "cifar-10-batches-bin/" + batch + ".bin", unseen -> new ByteArrayOutputStream());
      records.write(classes.indexOf(className(picture.getKey())));
      byte[] pixels = Decoder.decode(picture.getValue()).pixels();
      for (int channel = 0; channel < 3; channel++) {
        for (int at = channel; at < pixels.length; at += 3) {
          records.write(pixels[at]);
        }
      }
    }

    Map<String, byte[]> files = new TreeMap<>();
    batches.forEach((name, records) -> files.put(name, records.toByteArray()));
    Files.write(folder.resolve("cifar-10-binary.tar.gz"), packed(PrepareSourcesIT.tar(files)));
    return ".";
  }

  /** The first digits, packed in training and plain in the test. */
  private static String mnist(Path folder) throws IOException {
    assumeTrue(Files.isDirectory(MNIST), "needs shared/data/mnist beside the checkout");
    for (String part : List.of("train", "t10k")) {
      idx(folder, part + "-images-idx3-ubyte", 16, 28 * 28, part.equals("train"));
      idx(folder, part + "-labels-idx1-ubyte", 8, 1, part.equals("train"));
    }

    return ".";
  }

  private static void idx(Path folder, String name, int header, int itemBytes, boolean packed)
      throws IOException {
    byte[] bytes;
    try (InputStream file = Files.newInputStream(MNIST.resolve(name + ".gz"));
        InputStream in = new GZIPInputStream(file)) {
      bytes = in.readNBytes(header + DIGITS * itemBytes);
    }

    ByteBuffer.wrap(bytes).putInt(4, DIGITS);
    Files.write(folder.resolve(packed ? name + ".gz" : name), packed ? packed(bytes) : bytes);
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }

    return packed.toByteArray();
  }
}
