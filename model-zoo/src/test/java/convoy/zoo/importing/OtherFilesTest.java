package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.format.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class OtherFilesTest {
  static final Iterable<String> FORMATS = WeightsFormats.names();

  @TempDir private Path folder;

  @ParameterizedTest
  @FieldSource("FORMATS")
  void aGitLfsPointerIsNamedWithTheWayToTheFile(String format) throws IOException {
    assertNamed(
        format,
        Files.writeString(
            folder.resolve("vgg16.safetensors"),
            """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 553433881
            """),
        "the file is a Git LFS pointer that stands for the weights: fetch them with 'git lfs pull'");
  }

  /** PyTorch writes a zip since version 1.6; before, it wrote a pickle. */
  @ParameterizedTest
  @FieldSource("FORMATS")
  void aFileOfPyTorchIsNamedWithTheConversion(String format) throws IOException {
    String remedy = "save_file(torch.load('FILE.pth', weights_only=True), 'FILE.safetensors')";
    assertNamed(format, zip("vgg16.pth", "archive/data.pkl", "archive/data/0"), remedy);
    byte[] pickle = new byte[64];
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    assertNamed(format, Files.write(folder.resolve("old.pth"), pickle), remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <!DOCTYPE html><html> | x.h5 | the file is a web page: download the weights themselves
          caffe | a.CAFFEMODEL | write its blobs into an npz file
          onnx | a.onnx | ONNX can be exported only: give the weights as safetensors or npz
          """)
  void whatIsOftenGivenInsteadIsNamed(String text, String name, String words) throws IOException {
    assertNamed("safetensors", Files.writeString(folder.resolve(name), text), words);
  }

  @Test
  void aFileOfAnotherFormatIsNamedWithItsOption() throws IOException {
    Path npz = zip("a", "conv1_w.npy");
    assertNamed("safetensors", npz, "the file is npz: give --from npz");
    Path hdf5 = folder.resolve("b");
    Files.write(hdf5, "\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
    assertNamed("npz", hdf5, "the file is HDF5: give --from keras");
    Path safetensors = folder.resolve("c");
    Files.write(safetensors, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
    assertNamed("keras", safetensors, "the file is safetensors: give --from safetensors");
    assertNamed(
        "npz",
        Files.write(folder.resolve("d"), "\u0093NUMPY\1".getBytes(StandardCharsets.ISO_8859_1)),
        "the file is a single NumPy array");
    assertNamed("keras", zip("e", "config.json", "model.weights.h5"), "model.save('FILE.h5')");
    assertNamed("keras", zip("f", "README"), "the file is a zip archive: unpack it first");
    assertNamed(
        "keras",
        Files.write(folder.resolve("g"), new byte[] {0x1f, (byte) 0x8b, 8}),
        "unpack it first, with gunzip");
  }

  @Test
  void onlyTheRemedyOfTheOtherFormatIsTold() throws IOException {
    Path array = folder.resolve("array.npy");
    Files.write(array, "\u0093NUMPY\1".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> WeightsFormats.open("npz", array).close())
        .withMessage(
            "not an npz file: zip END header not found; the file is a single NumPy array: write all"
                + " of them into one file with numpy.savez");
  }

  private static void assertNamed(String format, Path file, String words) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> WeightsFormats.open(format, file).close())
        .withMessageContaining(words);
  }

  private Path zip(String name, String... entries) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
      }
    }

    return file;
  }
}
