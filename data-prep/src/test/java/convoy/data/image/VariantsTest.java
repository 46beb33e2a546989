package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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

    int most = 0;
    for (int i = 0; i < expected.pixels().length; i++) {
      int difference = (picture.pixels()[i] & 0xff) - (expected.pixels()[i] & 0xff);
      most = Math.max(most, Math.abs(difference));
    }

    return most <= LEVELS ? "" : most + " levels away";
  }

  /** A separate program for scripts/reference-pictures.py: writes the variants to a folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    for (Arguments format : formats()) {
      @SuppressWarnings("unchecked")
      Supplier<List<Variant>> variants = (Supplier<List<Variant>>) format.get()[1];
      for (Variant variant : variants.get()) {
        Path file = folder.resolve(variant.name());
        Files.createDirectories(file.getParent());
        Files.write(file, variant.file());
        Picture expected = variant.expected();
        Path beside = folder.resolve(variant.name() + ".expected");
        if (expected == null) {
          Files.writeString(beside, "not read\n");
        } else {
          Files.write(
              beside,
              "%d %d %d\n"
                  .formatted(expected.width(), expected.height(), expected.channels())
                  .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
          Files.write(beside, expected.pixels(), java.nio.file.StandardOpenOption.APPEND);
        }
      }
    }
  }
}
