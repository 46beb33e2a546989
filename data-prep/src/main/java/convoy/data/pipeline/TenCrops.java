package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.resample.Resampler;
import java.util.function.Consumer;

/**
 * The ten crops of Krizhevsky et al. 2012, section 4.1. The short side is resized to 256 for an
 * input of 224, and in proportion for other inputs. The crops are the four corners and the middle
 * of the middle square, and their mirror images.
 */
final class TenCrops implements Crops {
  private static final int SIDE = 256;

  @Override
  public int count() {
    return 10;
  }

  @Override
  public void of(Picture picture, int size, Consumer<Picture> crop) {
    int side = Crops.scaled(SIDE, size);
    Picture resized = Resampler.shortSide(picture, side);
    Picture square =
        Pictures.crop(
            resized, (resized.width() - side) / 2, (resized.height() - side) / 2, side, side);
    Crops.fiveAndMirrored(square, size, crop);
  }
}
