package convoy.jobs.evaluate;

import convoy.data.dataset.Manifest;
import convoy.data.order.EvenParts;
import convoy.jobs.base.UserException;
import convoy.jobs.predict.Classifier;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.TaskSlots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates a classifier on a split. Every example counts exactly once. */
public final class Evaluator {
  /** Several tasks for each slot, so that few slots are idle near the end. */
  private static final int TASKS_PER_SLOT = 3;

  private Evaluator() {}

  /**
   * Evaluates on all slots of the cluster. Minibatches don't cross row groups, and sums have the
   * order of the row groups, so the result is the same for any number of tasks.
   *
   * @param classifier the classifier; that of a training uses the networks that are open already
   * @param dataset folder of the manifest, a path with scheme
   * @param split train or val
   * @throws UserException with exit code 3 if the split is absent or empty, or doesn't match its
   *     manifest
   */
  public static EvaluationResult evaluate(
      JavaSparkContext spark,
      HadoopSettings hadoop,
      Classifier classifier,
      String dataset,
      Manifest manifest,
      String split) {
    int rowGroups = split(dataset, manifest, split).rowGroupSizes().size();
    int tasks = Math.min(rowGroups, TaskSlots.of(spark.sc()) * TASKS_PER_SLOT);
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
