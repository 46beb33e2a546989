package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * Resizing that computes each pixel from four pixels only, without those between them: coarser and
 * faster than {@link Antialiased}. The vertical pass comes first, over bytes as they are stored,
 * and skips unused rows. Whole-number arithmetic gives the same bytes on every machine.
 */
final class Bilinear extends Resized {
  /** Creates the resizing with weights of at most two taps each. */
  Bilinear(Picture picture, ResamplingWeights across, ResamplingWeights down) {
    super(picture, across, down);
  }

  @Override
  public void forEach(Row action) {
    int start = channels() * across.first(0);
    int last = width() - 1;
    int end = channels() * (across.first(last) + across.count(last));
    BlendDown blendDown = new BlendDown(picture, start, end);
    BlendAcross blendAcross = new BlendAcross(across, channels());
    int[] pixels = new int[width()];
    for (int y = 0; y < height(); y++) {
      int first = down.first(y);
      byte[] row = blendDown.row(first, first + down.count(y) - 1, Blend.secondWeight(down, y));
      blendAcross.row(row, pixels);
      action.accept(y, pixels);
    }
  }
}
