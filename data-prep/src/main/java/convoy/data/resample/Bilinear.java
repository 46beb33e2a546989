package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * Resizing in which four pixels make one, whatever lies between them: coarser and faster than
 * {@link Antialiased}. The pass down comes first, over bytes as they lie, and leaves out the rows
 * that nobody needs. Whole-number arithmetic gives the same bytes on every machine.
 */
final class Bilinear extends Resized {
  /** Weights of at most two taps each. */
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
