package convoy.jobs.network;

import convoy.data.pipeline.Preprocessing;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes models of real networks with their first, untrained weights. */
public final class UntrainedModel {
  private UntrainedModel() {}

  /** lenet5-modern on 32 px colour pictures. */
  public static Path small(Path folder, long seed, String... classes) throws IOException {
    return write(
        folder,
        "lenet5-modern",
        new Architecture.Options(classes.length, 32, 3, -1, "paper"),
        seed,
        classes);
  }

  /** Any architecture of the zoo, with 3 channels, mean 127.5 and deviation 64. */
  public static Path write(
      Path folder, String architecture, Architecture.Options options, long seed, String... classes)
      throws IOException {
    List<ModelDescription.ClassName> names = new ArrayList<>();
    for (int label = 0; label < classes.length; label++) {
      names.add(new ModelDescription.ClassName(label, classes[label], "words of " + label));
    }

    Preprocessing preprocessing =
        new Preprocessing(
            options.inputSize(),
            options.inputChannels(),
            1,
            Collections.nCopies(options.inputChannels(), 127.5),
            Collections.nCopies(options.inputChannels(), 64.0),
            List.of());
    NetworkSpec spec = new NetworkSpec(Zoo.architecture(architecture).graph(options), null, 32, 1);
    try (Network network = Engines.open("auto", spec)) {
      network.initialize(seed);
      ModelFolder.write(
          HadoopSettings.local().configuration(),
          new org.apache.hadoop.fs.Path(folder.toString()),
          new ModelDescription(
              ModelDescription.FORMAT_VERSION,
              architecture,
              options,
              names,
              preprocessing.toJson(),
              null),
          network);
    }

    return folder;
  }
}
