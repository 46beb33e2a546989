package convoy.data.image;

/** TIFF 6.0, first picture. It is complete if each strip or tile lies inside the file. */
final class TiffFormat implements PictureFormat {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
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
  public AlphaKind alpha() {
    return AlphaKind.MULTIPLIED;
  }

  @Override
  public Stated stated(Bytes bytes) throws BadPictureException {
    ImageFileDirectory directory = ImageFileDirectory.first(bytes, 0);
    // The pixel decoder turns a TIFF upright itself.
    return new Stated(directory.number(WIDTH, 0), directory.number(HEIGHT, 0), 1, false);
  }

  @Override
  public void checkWhole(Bytes bytes) throws BadPictureException {
    ImageFileDirectory directory = ImageFileDirectory.first(bytes, 0);
    for (int[] tags : OFFSETS_AND_LENGTHS) {
      ImageFileDirectory.Numbers offsets = directory.numbers(tags[0]);
      ImageFileDirectory.Numbers lengths = directory.numbers(tags[1]);
      for (long i = 0; i < Math.min(offsets.count(), lengths.count()); i++) {
        bytes.need(directory.number(offsets, i), directory.number(lengths, i));
      }
    }
  }
}
