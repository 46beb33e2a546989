package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.resample.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link Resize} and its {@link CenterCrop} in one. The result is the same, but unused pixels are
 * not computed.
 */
record ResizedCenter(Resize resize, CenterCrop crop) implements Resizing {
  /** Merges such pairs, unless the draws of a transform depend on the places in the list. */
  static List<Transform> fused(List<Transform> transforms) {
    if (transforms.stream().anyMatch(Transform::random)) {
      return transforms;
    }

    List<Transform> fused = new ArrayList<>();
    for (Transform transform : transforms) {
      int last = fused.size() - 1;
      if (transform instanceof CenterCrop crop
          && last >= 0
          && fused.get(last) instanceof Resize resize
          && resize.size() >= crop.size()) {
        fused.set(last, new ResizedCenter(resize, crop));
      } else {
        fused.add(transform);
      }
    }

    return fused;
  }

  @Override
  public Rows rows(Picture picture, Draws draws) {
    return Resampler.centreOfShortSide(
        picture, resize.size(), crop.size(), crop.rounding(), resize.antialias());
  }

  @Override
  public int side(int side) {
    return crop.size();
  }
}
