package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFolderIT {
  private static final int EXAMPLES = 3;
  private static final int CLASSES = 4;

  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"lenet5", "lenet5-modern"})
  void theNetworkOfAFolderPredictsAsTheOneThatWasWritten(String name) throws IOException {
    Configuration configuration = HadoopSettings.local().configuration();
    Path path = new Path(folder.resolve(name).toString());
    Architecture.Options options = new Architecture.Options(CLASSES, 28, 1, -1, "paper");
    float[] written;
    try (Network network =
        Engines.open(
            "auto", new NetworkSpec(Zoo.architecture(name).graph(options), null, EXAMPLES, 1))) {
      network.initialize(7);
      written = predictions(network);
      ModelFolder.write(configuration, path, description(name, options), network);
    }

    try (Network network = ModelFolder.open(configuration, path).network("auto", EXAMPLES, 1)) {
      assertThat(predictions(network)).isEqualTo(written);
    }
  }

  private static float[] predictions(Network network) {
    FloatBuffer images = direct(EXAMPLES * 28 * 28);
    Random random = new Random(1);
    for (int index = 0; index < images.capacity(); index++) {
      images.put(index, (float) random.nextGaussian());
    }

    FloatBuffer probabilities = direct(EXAMPLES * CLASSES);
    network.predict(images, EXAMPLES, probabilities);
    float[] values = new float[EXAMPLES * CLASSES];
    probabilities.get(0, values);
    return values;
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static ModelDescription description(String name, Architecture.Options options) {
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        name,
        options,
        IntStream.range(0, CLASSES)
            .mapToObj(label -> new ModelDescription.ClassName(label, "class" + label, null))
            .toList(),
        null,
        null);
  }
}
