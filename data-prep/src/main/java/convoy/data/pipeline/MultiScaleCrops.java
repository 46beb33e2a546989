package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Pictures;
import convoy.data.resample.Resampler;
import java.util.function.Consumer;

/**
 * The 144 crops of Szegedy et al. 2015, section 7. The short side is resized to 256, 288, 320 and
 * 352 for an input of 224, and in proportion for other inputs. Each size gives the left, middle and
 * right square (of tall pictures the upper, middle and lower one). Each square gives its four
 * corners, its middle, the resized square itself, and their mirror images.
 */
final class MultiScaleCrops implements Crops {
  private static final int[] SIDES = {256, 288, 320, 352};
  private static final int SQUARES = 3;

  @Override
  public int count() {
    return SIDES.length * SQUARES * 6 * 2;
  }

  @Override
  public void of(Picture picture, int size, Consumer<Picture> crop) {
    for (int pixels : SIDES) {
      int side = Crops.scaled(pixels, size);
      Picture resized = Resampler.shortSide(picture, side);
      for (int i = 0; i < SQUARES; i++) {
        int left = (resized.width() - side) * i / (SQUARES - 1);
        int top = (resized.height() - side) * i / (SQUARES - 1);
        Picture square = Pictures.crop(resized, left, top, side, side);
        Crops.fiveAndMirrored(square, size, crop);
        Crops.andMirrored(Resampler.resize(square, size, size), crop);
      }
    }
  }
}
