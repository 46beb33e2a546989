package convoy.jobs.predict;

import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.network.ModelWeights;
import convoy.jobs.network.WeightsSource;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.FrozenLayers;
import convoy.zoo.ZooNetwork;
import convoy.zoo.engine.Execution;
import convoy.zoo.engine.NetworkSource;
import convoy.zoo.engine.Precision;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model folder ready to predict.
 *
 * @param path the model's own folder, with scheme
 * @param fingerprint fingerprint of weights and description
 */
public record ModelClassifier(
    String path, ModelDescription description, String fingerprint, Classifier classifier) {
  /** Large enough for fast matrix products, small enough for many networks on one machine. */
  private static final int MAX_BATCH = 32;

  /**
   * Opens a model or the model of a run. Its weights are read once, for the fingerprint.
   *
   * @param threads number of native threads of each network
   * @throws UserException with exit code 3 if there is none or it can't be used
   */
  public static ModelClassifier open(
      HadoopSettings hadoop, String model, int threads, Precision precision) throws IOException {
    ModelFolder folder = ModelFolder.open(hadoop.configuration(), new Path(model));
    ModelDescription description = folder.description();
    folder.check(); // Reports now, not in a task, what is wrong with the model.
    FileSystem files = Storage.of(hadoop.configuration(), folder.path());
    String path = files.makeQualified(folder.path()).toString();
    String fingerprint = folder.fingerprint();
    NetworkSource network =
        new ZooNetwork(
            description.architecture(),
            description.options(),
            FrozenLayers.NONE,
            "auto",
            new Execution(null, MAX_BATCH, threads).withPrecision(precision));
    WeightsSource weights = new ModelWeights(hadoop, path, fingerprint);
    Classifier classifier = Classifier.of(network, weights, folder.preprocessing());
    return new ModelClassifier(path, description, fingerprint, classifier);
  }

  /**
   * This classifier with {@code crops} crops of each picture.
   *
   * @throws UserException with exit code 2 if crops can't replace the model's own transforms
   */
  public ModelClassifier withCrops(int crops) {
    Classifier cropping = classifier.withCrops(crops);
    try {
      cropping.pipeline();
    } catch (IllegalArgumentException misfit) {
      throw UserException.usage("--crops %d: %s".formatted(crops, misfit.getMessage()));
    }

    return new ModelClassifier(path, description, fingerprint, cropping);
  }
}
