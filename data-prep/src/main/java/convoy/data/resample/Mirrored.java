package convoy.data.resample;

/** Rows whose left and right are exchanged. */
record Mirrored(Rows of) implements Rows {
  @Override
  public int width() {
    return of.width();
  }

  @Override
  public int height() {
    return of.height();
  }

  @Override
  public int channels() {
    return of.channels();
  }

  @Override
  public void forEach(Row action) {
    of.forEach(
        (y, pixels) -> {
          reverse(pixels);
          action.accept(y, pixels);
        });
  }

  private static void reverse(int[] pixels) {
    for (int left = 0, right = pixels.length - 1; left < right; left++, right--) {
      int pixel = pixels[left];
      pixels[left] = pixels[right];
      pixels[right] = pixel;
    }
  }
}
