package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;
import java.nio.FloatBuffer;

/** Writes several crops of a picture as network inputs, one after the other. */
final class CropsPipeline implements Pipeline {
  private final Crops crops;
  private final int size;
  private final NetworkInput input;

  CropsPipeline(Crops crops, int size, NetworkInput input) {
    this.crops = crops;
    this.size = size;
    this.input = input;
  }

  @Override
  public void apply(Picture picture, long seed, FloatBuffer into) {
    crops.of(picture, size, crop -> input.write(Rows.of(crop), into));
  }

  @Override
  public int inputs() {
    return crops.count();
  }

  @Override
  public int length() {
    return input.length();
  }
}
