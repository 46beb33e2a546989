package convoy.data.generate;

import convoy.data.files.LocalDisk;
import convoy.data.image.Encoder;
import convoy.data.transform.Draws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Draws class folders of JPEG pictures. Shapes and textures tell the classes apart; no colour and
 * no single pixel does. The same arguments give the same bytes.
 */
public final class Generator {
  /** The shape is not visible in smaller pictures. */
  public static final int MIN_SIZE_PX = 16;

  private static final int MAX_SIZE_PX = 4096;
  private static final int JPEG_QUALITY = 92;

  private Generator() {}

  /**
   * The result: class folders in the order of generation, and the number of pictures in each split.
   */
  public record Generated(List<String> classes, int trainPictures, int valPictures) {}

  /** Returns the names of all classes that can be drawn. N classes are the first N of them. */
  public static List<String> classNames() {
    return PictureClass.all().stream().map(PictureClass::name).toList();
  }

  /**
   * Writes {@code train/<class>/NNNN.jpg}, {@code perClass} files for each class, and {@code
   * val/<class>/NNNN.jpg}, a fifth of that number and at least 2. Files of the same names are
   * replaced.
   *
   * @param out folder, created if absent
   * @param sizePx width and height, 16 or more
   * @throws IllegalArgumentException naming a value outside its limits
   */
  public static Generated write(Path out, int classes, int perClass, int sizePx, long seed)
      throws IOException {
    check(classes, perClass, sizePx);
    List<PictureClass> kinds = PictureClass.all().subList(0, classes);
    int perClassVal = valPictures(perClass);
    for (int label = 0; label < classes; label++) {
      folder(out, "train", kinds.get(label), perClass, sizePx, Draws.seed(seed, 0, label));
      folder(out, "val", kinds.get(label), perClassVal, sizePx, Draws.seed(seed, 1, label));
    }

    List<String> names = kinds.stream().map(PictureClass::name).toList();
    return new Generated(names, classes * perClass, classes * perClassVal);
  }

  /** Returns whether every file that {@link #write} creates exists. */
  public static boolean isWhole(Path out, int classes, int perClass) {
    for (PictureClass kind : PictureClass.all().subList(0, classes)) {
      if (!isWhole(out.resolve("train").resolve(kind.name()), perClass)
          || !isWhole(out.resolve("val").resolve(kind.name()), valPictures(perClass))) {
        return false;
      }
    }

    return true;
  }

  private static boolean isWhole(Path folder, int pictures) {
    return IntStream.range(0, pictures)
        .allMatch(index -> Files.isRegularFile(folder.resolve(name(index))));
  }

  private static int valPictures(int perClass) {
    return Math.max(2, perClass / 5);
  }

  private static String name(int index) {
    return String.format(Locale.ROOT, "%04d.jpg", index);
  }

  /**
   * Refuses values that can't be drawn.
   *
   * @throws IllegalArgumentException with the value and its limits
   */
  public static void check(int classes, int perClass, int sizePx) {
    check("classes", classes, 2, PictureClass.all().size());
    check("pictures a class", perClass, 1, 100_000);
    check("size", sizePx, MIN_SIZE_PX, MAX_SIZE_PX);
  }

  private static void folder(
      Path out, String split, PictureClass kind, int pictures, int sizePx, long seed)
      throws IOException {
    Path folder = Files.createDirectories(out.resolve(split).resolve(kind.name()));
    for (int index = 0; index < pictures; index++) {
      Draws draws = new Draws(Draws.seed(seed, index));
      byte[] file = Encoder.jpeg(Scene.paint(kind, sizePx, draws), JPEG_QUALITY);
      LocalDisk.write(folder.resolve(name(index)), file);
    }
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d; it must be from %d to %d".formatted(name, value, least, most));
    }
  }
}
