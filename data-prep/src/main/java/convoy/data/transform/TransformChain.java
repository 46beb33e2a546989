package convoy.data.transform;

import convoy.data.image.Picture;
import convoy.data.resample.Rows;
import java.util.List;

/**
 * Transforms one after another. The picture that a last resizing gives, and flips after it, is
 * never whole: it comes row by row.
 */
public final class TransformChain {
  private final List<Transform> transforms;

  /** Transforms that are applied to a whole picture. */
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

  /** What all transforms make of a picture; a pure function of (picture, seed). */
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
