package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.resample.Region;
import convoy.data.resample.Rows;
import convoy.data.transform.Draws;
import convoy.data.transform.Flip;
import convoy.data.transform.Resizing;
import convoy.data.transform.Transform;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Transforms in order, then the network's input. What a last resizing gives, and flips after it,
 * goes into the input row by row.
 */
final class TransformPipeline implements Pipeline {
  private final List<Transform> transforms;
  private final NetworkInput input;

  /** Transforms that are applied to a whole picture. */
  private final int whole;

  TransformPipeline(List<Transform> transforms, NetworkInput input) {
    this.transforms = List.copyOf(transforms);
    this.input = input;
    int end = transforms.size();
    while (end > 0 && transforms.get(end - 1) instanceof Flip) {
      end--;
    }

    this.whole = end > 0 && transforms.get(end - 1) instanceof Resizing ? end - 1 : end;
  }

  @Override
  public void apply(Picture picture, long seed, FloatBuffer into) {
    Picture square = picture;
    for (int i = 0; i < whole; i++) {
      square = transforms.get(i).apply(square, Draws.of(seed, i));
    }

    Rows rows = Rows.of(square, Region.of(square));
    for (int i = whole; i < transforms.size(); i++) {
      Draws draws = Draws.of(seed, i);
      rows =
          transforms.get(i) instanceof Flip flip
              ? flip.rows(rows, draws)
              : ((Resizing) transforms.get(i)).rows(square, draws);
    }

    input.write(rows, into);
  }

  @Override
  public int length() {
    return input.length();
  }
}
