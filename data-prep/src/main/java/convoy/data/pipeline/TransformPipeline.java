package convoy.data.pipeline;

import convoy.data.image.Picture;
import convoy.data.transform.TransformChain;
import java.nio.FloatBuffer;

/** Applies transforms in order and writes the network's input. */
record TransformPipeline(TransformChain transforms, NetworkInput input) implements Pipeline {
  @Override
  public void apply(Picture picture, long seed, FloatBuffer into) {
    input.write(transforms.rows(picture, seed), into);
  }

  @Override
  public int length() {
    return input.length();
  }
}
