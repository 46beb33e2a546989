package convoy.data.transform;

import convoy.data.image.Picture;
import java.nio.FloatBuffer;
import java.util.List;

/** Transforms in order, then the network's input. */
final class TransformPipeline implements Pipeline {
  private final List<Transform> transforms;
  private final NetworkInput input;

  TransformPipeline(List<Transform> transforms, NetworkInput input) {
    this.transforms = List.copyOf(transforms);
    this.input = input;
  }

  @Override
  public void apply(Picture picture, long seed, FloatBuffer into) {
    Picture square = picture;
    for (int i = 0; i < transforms.size(); i++) {
      square = transforms.get(i).apply(square, Draws.of(seed, i));
    }

    input.write(square, into);
  }

  @Override
  public int length() {
    return input.length();
  }
}
