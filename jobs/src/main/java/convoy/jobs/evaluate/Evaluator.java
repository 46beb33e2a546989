package convoy.jobs.evaluate;

import convoy.data.dataset.Manifest;
import convoy.data.order.EvenParts;
import convoy.jobs.base.UserException;
import convoy.jobs.predict.Classifier;
import convoy.jobs.spark.HadoopSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Accuracy, loss and confusion of a classifier over a split, every example exactly once. */
public final class Evaluator {
  /** Tasks a slot: the last ones to finish leave little idle. */
  private static final int TASKS_PER_SLOT = 3;

  private Evaluator() {}

  /**
   * Evaluates on all slots of the cluster. Minibatches don't cross row groups and sums run in
   * row-group order: the result is the same for any number of tasks.
   *
   * @param classifier training passes its own network source, to use the networks it has open
   * @param dataset folder of the manifest, a path with scheme
   * @param split train or val
   * @throws UserException 3 when the split is absent or empty or doesn't hold what its manifest
   *     says
   */
  public static EvaluationResult evaluate(
      JavaSparkContext spark,
      HadoopSettings hadoop,
      Classifier classifier,
      String dataset,
      Manifest manifest,
      String split) {
    int rowGroups = split(dataset, manifest, split).rowGroupSizes().size();
    int slots = spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1);
    int tasks = Math.min(rowGroups, Math.max(1, slots) * TASKS_PER_SLOT);
    RowGroupsTask task =
        new RowGroupsTask(
            classifier, dataset, manifest, split, new EvenParts(rowGroups, tasks), hadoop);
    List<Integer> parts = IntStream.range(0, tasks).boxed().toList();
    List<RowGroupTally> tallies = new ArrayList<>();
    spark.parallelize(parts, tasks).map(task::run).collect().forEach(tallies::addAll);
    try {
      return EvaluationResult.of(tallies, rowGroups, classes(manifest));
    } catch (IllegalStateException e) {
      throw UserException.badData(dataset + ", split " + split + ": " + e.getMessage());
    }
  }

  private static Manifest.Split split(String dataset, Manifest manifest, String name) {
    Manifest.Split split = manifest.splits().get(name);
    if (split == null) {
      throw UserException.badData(
          "%s has no split '%s'; it has %s"
              .formatted(dataset, name, String.join(", ", manifest.splits().keySet())));
    }

    if (split.examples() == 0) {
      throw UserException.badData(
          "split '%s' of %s has no examples; prepare with --val-fraction or choose another --split"
              .formatted(name, dataset));
    }

    return split;
  }

  private static List<EvaluationResult.ClassLabel> classes(Manifest manifest) {
    return manifest.classes().stream()
        .map(entry -> new EvaluationResult.ClassLabel(entry.name(), entry.words()))
        .toList();
  }
}
