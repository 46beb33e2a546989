package convoy.data.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The JDK's own readers of GIF and TIFF. Only the stored samples are taken from them, before any
 * conversion of colours.
 */
final class JdkReader {
  private JdkReader() {}

  /** Returns the samples of the first picture in the file. */
  static Raster first(Bytes file, String format) throws BadPictureException {
    ImageReader reader = reader(format);
    try (ImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(file.array()))) {
      reader.setInput(in, false, true);
      return reader.read(0).getRaster();
    } catch (IOException | RuntimeException damaged) {
      String line = String.valueOf(damaged.getMessage()).lines().findFirst().orElse("");
      throw file.broken("can't be decoded: " + line);
    } finally {
      reader.dispose();
    }
  }

  /** A reader that some library added to the class path might give other pixels. */
  private static ImageReader reader(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule() == ImageIO.class.getModule()) {
        return reader;
      }
    }

    throw new IllegalStateException("this JDK has no reader of " + format);
  }
}
