package convoy.data.image;

import convoy.data.image.TiffReaders.Reader;

/** TIFF 6.0, first picture. It is complete if each strip or tile lies inside the file. */
final class TiffFormat implements PictureFormat {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int[][] OFFSETS_AND_LENGTHS = {{273, 279}, {324, 325}};

  @Override
  public String name() {
    return "tiff";
  }

  @Override
  public boolean matches(Bytes bytes) {
    return bytes.has(0, "II*\0") || bytes.has(0, "MM\0*");
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    ImageFileDirectory directory = ImageFileDirectory.first(bytes, 0);
    // OpenCV turns a TIFF upright itself.
    int orientation =
        reader(bytes, directory) == Reader.OPENCV ? 1 : ImageFileDirectory.orientation(bytes, 0);
    return new Stated(directory.number(WIDTH, 0), directory.number(HEIGHT, 0), orientation, false);
  }

  private static Reader reader(Bytes bytes, ImageFileDirectory directory)
      throws BadPictureException {
    return TiffReaders.of(bytes, TiffLayout.of(bytes, directory));
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    ImageFileDirectory directory = ImageFileDirectory.first(bytes, 0);
    long data = 0;
    for (int[] tags : OFFSETS_AND_LENGTHS) {
      ImageFileDirectory.Numbers offsets = directory.numbers(tags[0]);
      ImageFileDirectory.Numbers lengths = directory.numbers(tags[1]);
      for (long i = 0; i < Math.min(offsets.count(), lengths.count()); i++) {
        bytes.need(directory.number(offsets, i), directory.number(lengths, i));
        data += directory.number(lengths, i);
      }
    }

    if (reader(bytes, directory) == Reader.JDK) {
      TiffLayout layout = TiffLayout.of(bytes, directory);
      long pixels = directory.number(WIDTH, 0) * directory.number(HEIGHT, 0);
      // A tile is stored whole, and memory is needed for one tile.
      double tile = (double) directory.number(TILE_WIDTH, 0) * directory.number(TILE_HEIGHT, 0);
      double raw = Math.max((double) pixels, tile) * layout.bits() * layout.samples() / 8;
      if (raw > data * TiffReaders.mostInflation(layout)) {
        throw bytes.broken("holds %d bytes for %.0f of pixels".formatted(data, raw));
      }
    }
  }

  @Override
  public Picture pixels(Bytes bytes, Stated stated) throws BadPictureException {
    ImageFileDirectory directory = ImageFileDirectory.first(bytes, 0);
    TiffLayout layout = TiffLayout.of(bytes, directory);
    if (TiffReaders.of(bytes, layout) == Reader.JDK) {
      return TiffPixels.of(bytes, directory, layout);
    }

    Picture picture = OpenCv.decode(bytes, AlphaKind.MULTIPLIED, stated);
    // OpenCV inverts gray where white is zero, but not if it has 16 bits.
    boolean negative = layout.photometric() == TiffLayout.WHITE_IS_ZERO && layout.bits() == 16;
    return negative ? positive(picture) : picture;
  }

  private static Picture positive(Picture negative) {
    byte[] pixels = negative.pixels().clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i];
    }

    return new Picture(negative.width(), negative.height(), negative.channels(), pixels);
  }
}
