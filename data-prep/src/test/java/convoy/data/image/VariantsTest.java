package convoy.data.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every variant of a format has its stated outcome: the right pixels, or the reason that it is not
 * read. scripts/reference-pictures.py compares the same files with Pillow's pixels.
 */
class VariantsTest {
  /** Rounding differs among programs by this many levels. */
  private static final int LEVELS = 2;

  private static List<Arguments> formats() {
    List<Arguments> formats = new ArrayList<>();
    formats.add(Arguments.of("bmp", (Supplier<List<Variant>>) BmpVariants::all));
    formats.add(Arguments.of("gif", (Supplier<List<Variant>>) GifVariants::all));
    formats.add(Arguments.of("png", (Supplier<List<Variant>>) PngVariants::all));
    formats.add(Arguments.of("tiff", (Supplier<List<Variant>>) TiffVariants::all));
    return formats;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void eachVariantHasItsPixelsOrIsCalledUnsupported(
      String format, Supplier<List<Variant>> variants) {
    Set<String> names = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    for (Variant variant : variants.get()) {
      assertThat(names.add(variant.name())).as("%s is unique", variant.name()).isTrue();
      String problem = problem(variant);
      if (!problem.isEmpty()) {
        wrong.add(variant.name() + ": " + problem);
      }
    }

    assertThat(wrong).as("of %d variants of %s", names.size(), format).isEmpty();
    assertThat(names).hasSizeGreaterThan(30);
  }

  private static String problem(Variant variant) {
    Picture picture;
    try {
      picture = Decoder.decode(variant.file());
    } catch (BadPictureException refused) {
      boolean stated = variant.expected() == null && refused.code().equals("unsupported-format");
      return stated ? "" : refused.code() + ", " + refused.getMessage();
    }

    if (variant.expected() == null) {
      return "is read";
    }

    Picture expected = variant.expected();
    if (picture.width() != expected.width()
        || picture.height() != expected.height()
        || picture.channels() != expected.channels()) {
      return "%d x %d x %d".formatted(picture.width(), picture.height(), picture.channels());
    }

    int most = Differences.most(picture, expected);
    return most <= LEVELS ? "" : most + " levels away";
  }

  /**
   * Pillow's pixels were compared when the variants were made. Where they differ, the file's
   * specification counts.
   */
  @Test
  void pillowHasTheSamePixelsWhereItKnowsTheVariant() throws IOException {
    Map<String, String> verdicts = new TreeMap<>();
    try (InputStream in = VariantsTest.class.getResourceAsStream("pillow-variants.txt")) {
      for (String line : new String(in.readAllBytes(), US_ASCII).lines().toList()) {
        int space = line.indexOf(' ');
        verdicts.put(line.substring(0, space), line.substring(space + 1));
      }
    }

    Map<String, String> differing = new TreeMap<>();
    for (Variant variant : variants()) {
      String verdict = String.valueOf(verdicts.remove(variant.name()));
      assertThat(verdict)
          .as("%s: run scripts/reference-pictures.py again", variant.name())
          .startsWith("%08x ".formatted(checksum(variant)));
      if (verdict.endsWith("differs")) {
        differing.put(variant.name(), verdict);
      }
    }

    assertThat(verdicts).as("variants that are no more").isEmpty();
    assertThat(differing.keySet())
        .allMatch(
            name ->
                // An alpha of 0 everywhere is no alpha, as in browsers.
                name.equals("bmp/124-masks-32-alpha-always-0")
                    // Pillow forgets the transparent gray of 16 bits.
                    || name.startsWith("png/gray-clear-16")
                    // It shows a negative.
                    || name.startsWith("tiff/white-is-0-16")
                    // It exchanges the bytes of 16 bits, or loses alpha, if samples have planes.
                    || name.contains("-planes"));
  }

  private static List<Variant> variants() {
    List<Variant> variants = new ArrayList<>(BmpVariants.all());
    variants.addAll(GifVariants.all());
    variants.addAll(PngVariants.all());
    variants.addAll(TiffVariants.all());
    return variants;
  }

  private static long checksum(Variant variant) {
    CRC32 crc = new CRC32();
    crc.update(variant.file());
    crc.update(stated(variant));
    return crc.getValue();
  }

  private static byte[] stated(Variant variant) {
    Picture expected = variant.expected();
    if (expected == null) {
      return "not read\n".getBytes(US_ASCII);
    }

    ByteArrayOutputStream stated = new ByteArrayOutputStream();
    stated.writeBytes(
        "%d %d %d\n"
            .formatted(expected.width(), expected.height(), expected.channels())
            .getBytes(US_ASCII));
    stated.writeBytes(expected.pixels());
    return stated.toByteArray();
  }

  /** A separate program for scripts/reference-pictures.py: writes the variants to a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (Variant variant : variants()) {
      Path file = folder.resolve(variant.name());
      Files.createDirectories(file.getParent());
      Files.write(file, variant.file());
      Files.write(folder.resolve(variant.name() + ".expected"), stated(variant));
    }
  }
}
