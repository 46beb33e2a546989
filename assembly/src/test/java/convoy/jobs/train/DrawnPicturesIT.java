package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.data.image.Decoder;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.cluster.Launcher;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnPicturesIT {
  private static final int CLASSES = 10;

  @TempDir Path folder;

  private record Examples(List<float[]> inputs, List<Integer> labels) {
    float[][] inputArray() {
      return inputs.toArray(float[][]::new);
    }

    int[] labelArray() {
      return labels.stream().mapToInt(label -> label).toArray();
    }
  }

  @Test
  void theyAreEasyForAConvolutionalNetworkAndHardWithoutOne() throws Exception {
    String recipe = Files.readString(Launcher.HOME.resolve("conf/demo.yaml"));
    Path dataset = TrainRun.dataset(folder, CLASSES, 100, 48);
    Path run = folder.resolve("run");
    ConsoleCapture trained = TrainRun.train("local[2]", recipe, dataset, run);
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    double network = TrainRun.status(run).get("top1").asDouble();

    List<String> classes =
        Manifests.read(new Configuration(), new org.apache.hadoop.fs.Path(dataset.toString()))
            .classes()
            .stream()
            .map(Manifest.ClassEntry::name)
            .toList();
    Examples train = examples("train", classes);
    Examples val = examples("val", classes);
    SoftmaxRegression pixels = new SoftmaxRegression(3 * 32 * 32, CLASSES);
    pixels.train(train.inputArray(), train.labelArray(), 120, 0.01f, 1);

    double regression = pixels.top1(val.inputArray(), val.labelArray());
    System.out.printf(
        "drawn pictures: lenet5-modern %.4f, softmax regression %.4f%n", network, regression);
    // The network did learn its training pictures.
    assertThat(pixels.top1(train.inputArray(), train.labelArray())).isGreaterThan(0.9);
    assertThat(network).isGreaterThanOrEqualTo(0.9).isGreaterThanOrEqualTo(regression + 0.25);
  }

  private Examples examples(String split, List<String> classes) throws Exception {
    List<Double> mean = List.of(127.5, 127.5, 127.5);
    List<Double> std = List.of(64.0, 64.0, 64.0);
    Pipeline pipeline = Pipelines.evaluation(new Preprocessing(32, 3, 1, mean, std, List.of()));
    Examples examples = new Examples(new ArrayList<>(), new ArrayList<>());
    for (int label = 0; label < classes.size(); label++) {
      try (Stream<Path> files =
          Files.list(folder.resolve("pictures").resolve(split).resolve(classes.get(label)))) {
        for (Path file : files.sorted().toList()) {
          float[] input = new float[pipeline.length()];
          pipeline.apply(Decoder.decode(Files.readAllBytes(file)), 0, FloatBuffer.wrap(input));
          examples.inputs().add(input);
          examples.labels().add(label);
        }
      }
    }

    return examples;
  }
}
