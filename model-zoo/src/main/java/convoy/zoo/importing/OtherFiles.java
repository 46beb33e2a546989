package convoy.zoo.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Says what a file is that can't be read in the format that was asked for, and what helps. */
final class OtherFiles {
  private static final int HEAD = 512;
  private static final String PICKLE =
      "the file is PyTorch's (a Python pickle), which may run code when it is read; in Python, write"
          + " it with safetensors: save_file(torch.load('FILE.pth', weights_only=True),"
          + " 'FILE.safetensors')";

  private OtherFiles() {}

  /** Returns a sentence with the remedy, or nothing for a file that isn't known. */
  static Optional<String> words(Path file, String format) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }

    String text = new String(head, StandardCharsets.ISO_8859_1);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (text.startsWith("version https://git-lfs.github.com/spec/")) {
      return Optional.of(
          "the file is a Git LFS pointer that stands for the weights: fetch them with"
              + " 'git lfs pull' in their repository, or download the file itself");
    } else if (text.stripLeading().toLowerCase(Locale.ROOT).matches("(?s)<(!doctype )?html.*")) {
      return Optional.of("the file is a web page: download the weights themselves");
    } else if (text.startsWith("\u001f\u008b")) {
      return Optional.of("the file is packed by gzip: unpack it first, with gunzip");
    } else if (text.startsWith("PK\u0003\u0004")) {
      return zip(file, format);
    } else if (head.length > 2 && head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5) {
      return Optional.of(PICKLE);
    } else if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
      return is("HDF5", "keras", format);
    } else if (text.startsWith("\u0093NUMPY")) {
      return Optional.of(
          "the file is a single NumPy array: write all of them into one file with numpy.savez");
    } else if (isSafetensors(head)) {
      return is("safetensors", "safetensors", format);
    } else if (name.endsWith(".caffemodel")) {
      return Optional.of(
          "a .caffemodel can't be imported itself: with pycaffe, write its blobs into an npz file"
              + " under the names LAYER_0 (weight) and LAYER_1 (bias)");
    } else if (name.endsWith(".onnx")) {
      return Optional.of("ONNX can be exported only: give the weights as safetensors or npz");
    }

    return Optional.empty();
  }

  private static Optional<String> zip(Path file, String format) throws IOException {
    List<String> names;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      names = zip.stream().map(ZipEntry::getName).toList();
    } catch (ZipException damaged) {
      return Optional.empty(); // The format's own message says so.
    }

    if (names.stream().anyMatch(name -> name.endsWith("data.pkl"))) {
      return Optional.of(PICKLE);
    } else if (names.contains("model.weights.h5")) {
      return Optional.of("the file is a .keras archive: save it with model.save('FILE.h5')");
    } else if (names.stream().anyMatch(name -> name.endsWith(".npy"))) {
      return is("npz", "npz", format);
    }

    return format.equals("npz")
        ? Optional.empty()
        : Optional.of("the file is a zip archive: unpack it first");
  }

  private static Optional<String> is(String words, String from, String format) {
    return from.equals(format)
        ? Optional.empty()
        : Optional.of("the file is %s: give --from %s".formatted(words, from));
  }

  private static boolean isSafetensors(byte[] head) {
    if (head.length <= Long.BYTES || head[Long.BYTES] != '{') {
      return false;
    }

    long header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 1 && header < Integer.MAX_VALUE;
  }
}
