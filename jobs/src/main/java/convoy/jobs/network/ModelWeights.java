package convoy.jobs.network;

import convoy.jobs.io.ModelFolder;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * The weights of a model folder, read by each executor from the file system.
 *
 * @param path the model's own folder, with scheme
 * @param id the model's fingerprint
 */
public record ModelWeights(HadoopSettings hadoop, String path, String id) implements WeightsSource {
  @Override
  public void load(ParameterLayout layout, FlatVector into) throws IOException {
    ModelFolder.open(hadoop.configuration(), new Path(path)).loadWeights(layout, into);
  }
}
