package convoy.data.image;

import java.awt.image.Raster;

/**
 * GIF (89a specification). The first frame is the picture; it is complete if its data ends
 * properly. Its pixels are drawn here, as OpenCV confuses the palettes and the transparent colours
 * of several frames.
 */
final class GifFormat implements PictureFormat {
  /** A code of 12 bits stands for 4,096 pixels at most. */
  private static final long PIXELS_PER_BYTE = 4096;

  @Override
  public String name() {
    return "gif";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "GIF87a") || bytes.has(0, "GIF89a");
  }

  /** A screen that is smaller than its first frame is enlarged, as in browsers and Pillow. */
  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    GifFrame frame = GifFrame.first(bytes);
    return new Stated(
        Math.max(bytes.u16Little(6), frame.x() + frame.width()),
        Math.max(bytes.u16Little(8), frame.y() + frame.height()),
        1,
        false);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    GifFrame frame = GifFrame.first(bytes);
    long pixels = (long) frame.width() * frame.height();
    if (pixels == 0 || pixels > frame.dataBytes() * PIXELS_PER_BYTE) {
      throw bytes.broken(
          "holds " + frame.dataBytes() + " bytes for " + pixels + " pixels of a frame");
    }
  }

  /** What the frame leaves free has the palette's first colour, or is transparent if it can be. */
  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    GifFrame frame = GifFrame.first(bytes);
    byte[] palette = frame.palette(bytes);
    Raster indexes = JdkReader.first(bytes, name());
    if (indexes.getWidth() != frame.width() || indexes.getHeight() != frame.height()) {
      throw bytes.broken("has a frame of another size than it states");
    }

    int width = (int) stated.width();
    byte[] rgb = new byte[width * (int) stated.height() * 3];
    fill(rgb, palette, Math.max(0, frame.transparent()));
    int[] row = new int[frame.width()];
    for (int y = 0; y < frame.height(); y++) {
      indexes.getSamples(0, y, frame.width(), 1, 0, row);
      int to = 3 * (width * (frame.y() + y) + frame.x());
      for (int index : row) {
        System.arraycopy(palette, 3 * index, rgb, to, 3);
        to += 3;
      }
    }

    return new Picture(width, (int) stated.height(), 3, rgb);
  }

  private static void fill(byte[] rgb, byte[] palette, int index) {
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = palette[3 * index + i % 3];
    }
  }
}
