package convoy.jobs.evaluate;

import convoy.data.dataset.Manifest;
import convoy.data.input.RowGroupSource;
import convoy.data.order.EvenParts;
import convoy.jobs.predict.Classifier;
import convoy.jobs.predict.Predictions;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The work of one task: it predicts the examples of consecutive row groups and tallies each group.
 *
 * @param dataset folder of the manifest, a path with scheme
 * @param cut division of the split's row groups into tasks
 */
record RowGroupsTask(
    Classifier classifier,
    String dataset,
    Manifest manifest,
    String split,
    EvenParts cut,
    HadoopSettings hadoop)
    implements Serializable {

  List<RowGroupTally> run(int part) throws IOException, InterruptedException {
    int from = Math.toIntExact(cut.start(part));
    int to = Math.toIntExact(cut.start(part + 1));
    List<Integer> sizes = manifest.splits().get(split).rowGroupSizes();
    List<RowGroupTally> tallies = new ArrayList<>();
    for (int rowGroup = from; rowGroup < to; rowGroup++) {
      tallies.add(new RowGroupTally(rowGroup, sizes.get(rowGroup)));
    }

    RowGroupSource examples =
        RowGroupSource.of(hadoop.configuration(), new Path(dataset), manifest, split, from, to);
    Predictions.run(
        classifier,
        examples,
        (example, probabilities) ->
            tallies.get(example.key().rowGroup() - from).add(example.label(), probabilities));
    return tallies;
  }
}
