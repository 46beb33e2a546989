package convoy.data.resample;

import convoy.data.image.Picture;

/** A picture resized by a pass across and one down: rows of as many outputs as they have. */
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
