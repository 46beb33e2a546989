package convoy.data.image;

import convoy.data.transform.Draws;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A separate program: decodes damaged files of each format. It prints how many became a picture,
 * how many were refused, and how much memory stayed allocated. Any other outcome ends it with
 * another exit code.
 */
final class FuzzLoop {
  private static final int WIDTH = 48;
  private static final int HEIGHT = 40;

  private FuzzLoop() {}

  public static void main(String[] arguments) throws IOException {
    int cases = Integer.parseInt(arguments[0]);
    Map<String, byte[]> files = validFiles();
    String[] formats = files.keySet().toArray(String[]::new);
    Map<String, int[]> outcomes = new TreeMap<>();
    long memory = 0;
    for (int i = 0; i < cases; i++) {
      // After a tenth of the cases the libraries have allocated all that they keep.
      memory = i == cases / 10 ? Pointer.physicalBytes() : memory;
      String format = formats[i % formats.length];
      byte[] damaged = Damage.of(files.get(format), new Draws(i));
      outcomes.computeIfAbsent(format, unseen -> new int[2])[isPicture(damaged) ? 0 : 1]++;
    }

    outcomes.forEach(
        (format, counts) ->
            System.out.printf("%s decoded %d refused %d%n", format, counts[0], counts[1]));
    System.out.printf("memory %d%n", Pointer.physicalBytes() - memory);
  }

  private static boolean isPicture(byte[] bytes) {
    try {
      Decoder.header(bytes);
      Picture picture = Decoder.decode(bytes);
      return picture.width() > 0;
    } catch (BadPictureException refused) {
      return false;
    }
  }

  /** Writes each format by code other than its reader, if the JDK has a writer. */
  private static Map<String, byte[]> validFiles() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Picture picture = Grids.numbered(WIDTH, HEIGHT, 3);
    files.put("jpeg", Encoder.jpeg(picture, 90));
    files.put("gray jpeg", Encoder.jpeg(Grids.numbered(WIDTH, HEIGHT, 1), 75));
    files.put("progressive jpeg", openCv(picture, ".jpg", 2, 1));
    files.put("png", Encoder.png(picture));
    files.put("webp", openCv(picture, ".webp", 64, 80));
    files.put("lossless webp", openCv(picture, ".webp", 64, 101));
    for (String format : new String[] {"gif", "bmp", "tiff"}) {
      files.put(format, imageIo(picture, format));
    }

    files.put(
        "bmp with masks",
        Variant.file(BmpVariants.all(), "bmp/124-masks-32-ff-ff00-ff0000-ff000000"));
    files.put("bmp with runs", Variant.file(BmpVariants.all(), "bmp/rle8-padded"));
    files.put(
        "clear gif", Variant.file(GifVariants.all(), "gif/global-local-transparent-9-animated"));
    files.put("clear gray png", Variant.file(PngVariants.all(), "png/gray-clear-8"));
    files.put("animated png", Variant.file(PngVariants.all(), "png/apng-apart-type-6-8"));
    files.put("tiff in planes", Variant.file(TiffVariants.all(), "tiff/rgb-16-none-planes-strips"));
    files.put("tiff in tiles", Variant.file(TiffVariants.all(), "tiff/gray-alpha-8-lzw-tiles"));
    files.put("tiff of ink", Variant.file(TiffVariants.all(), "tiff/cmyk-16-deflate-strips"));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (!isPicture(file.getValue())) {
        throw new IllegalStateException("the undamaged " + file.getKey() + " is refused");
      }
    }

    return files;
  }

  private static byte[] openCv(Picture picture, String extension, int... settings) {
    try (BytePointer pixels = new BytePointer(picture.pixels());
        Mat mat = new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, pixels);
        IntPointer options = new IntPointer(settings);
        BytePointer file = new BytePointer()) {
      if (!opencv_imgcodecs.imencode(extension, mat, file, options)) {
        throw new IllegalStateException("no writer of " + extension);
      }

      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return bytes;
    }
  }

  private static byte[] imageIo(Picture picture, String format) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, 0x010101 * (picture.pixels()[3 * (y * WIDTH + x)] & 0xff));
      }
    }

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, bytes)) {
      throw new IllegalStateException("the JDK can't write " + format);
    }

    return bytes.toByteArray();
  }
}
