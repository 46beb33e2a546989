package convoy.jobs.predict;

import convoy.data.pipeline.Pipeline;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The probabilities of pictures: means over the crops, added in the order of the crops. */
final class CropMeans {
  private final Network network;
  private final int maxBatch;
  private final int classes;
  private final int crops;
  private final int length;
  private final FloatBuffer probabilities;

  /**
   * @param pictures largest number of pictures in a prediction
   */
  CropMeans(Network network, NetworkSource source, Pipeline pipeline, int pictures) {
    this.network = network;
    this.maxBatch = source.maxBatch();
    this.classes = source.classes();
    this.crops = pipeline.inputs();
    this.length = pipeline.length();
    this.probabilities = direct(Math.multiplyExact(pictures * crops, classes));
  }

  /**
   * Predicts all crops of {@code pictures} pictures, which are in {@code images} one after another.
   * It takes as many at a time as the network accepts.
   */
  void predict(FloatBuffer images, int pictures) {
    int inputs = pictures * crops;
    for (int from = 0; from < inputs; from += maxBatch) {
      int size = Math.min(maxBatch, inputs - from);
      network.predict(
          images.slice(from * length, size * length),
          size,
          probabilities.slice(from * classes, size * classes));
    }
  }

  /** The probabilities of a picture of the last prediction by label, in a new array. */
  float[] of(int picture) {
    float[] mean = new float[classes];
    for (int label = 0; label < classes; label++) {
      double sum = 0;
      for (int crop = 0; crop < crops; crop++) {
        sum += probabilities.get((picture * crops + crop) * classes + label);
      }

      mean[label] = (float) (sum / crops);
    }

    return mean;
  }

  private static FloatBuffer direct(int floats) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES));
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
