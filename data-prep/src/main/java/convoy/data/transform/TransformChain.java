package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;
import java.util.List;

/**
 * Transforms one after another. If the last transforms are a resizing, optionally followed by
 * flips, their result is never held whole; it comes row by row.
 */
public final class TransformChain {
  private final List<Transform> transforms;

  /** The number of transforms that are applied to a whole picture. */
  private final int whole;

  private TransformChain(List<Transform> transforms) {
    this.transforms = List.copyOf(transforms);
    int end = transforms.size();
    while (end > 0 && transforms.get(end - 1) instanceof Flip) {
      end--;
    }

    this.whole = end > 0 && transforms.get(end - 1) instanceof Resizing ? end - 1 : end;
  }

  public static TransformChain of(List<Transform> transforms) {
    return new TransformChain(ResizedCenter.fused(transforms));
  }

  /** Applies all transforms to a picture. This is a pure function of (picture, seed). */
  public Rows rows(Picture picture, long seed) {
    Picture square = picture;
    for (int i = 0; i < whole; i++) {
      square = transforms.get(i).apply(square, Draws.of(seed, i));
    }

    Rows rows = Rows.of(square);
    for (int i = whole; i < transforms.size(); i++) {
      Draws draws = Draws.of(seed, i);
      rows =
          transforms.get(i) instanceof Flip flip
              ? flip.rows(rows, draws)
              : ((Resizing) transforms.get(i)).rows(square, draws);
    }

    return rows;
  }
}
