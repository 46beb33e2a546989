package convoy.data.resample;

import convoy.data.image.Picture;

/**
 * A picture resized by a horizontal and a vertical pass. Its size is the number of their outputs.
 */
abstract class Resized implements Rows {
  final Picture picture;
  final ResamplingWeights across;
  final ResamplingWeights down;

  Resized(Picture picture, ResamplingWeights across, ResamplingWeights down) {
    this.picture = picture;
    this.across = across;
    this.down = down;
  }

  @Override
  public final int width() {
    return across.outputs();
  }

  @Override
  public final int height() {
    return down.outputs();
  }

  @Override
  public final int channels() {
    return picture.channels();
  }
}
