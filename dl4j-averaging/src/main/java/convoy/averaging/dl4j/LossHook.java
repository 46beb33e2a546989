package convoy.averaging.dl4j;

import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * Adds up the losses of the workers' minibatches, without the weight decay that DL4J counts as part
 * of the loss. A task that Spark repeats is counted again.
 */
final class LossHook implements TrainingHook {
  private static final long serialVersionUID = 1;

  private final DoubleAccumulator loss;

  LossHook(DoubleAccumulator loss) {
    this.loss = loss;
  }

  @Override
  public void preUpdate(DataSet minibatch, Model model) {}

  @Override
  public void postUpdate(DataSet minibatch, Model model) {
    add(minibatch.numExamples(), model);
  }

  @Override
  public void preUpdate(MultiDataSet minibatch, Model model) {}

  @Override
  public void postUpdate(MultiDataSet minibatch, Model model) {
    add(minibatch.getFeatures(0).size(0), model);
  }

  private void add(long examples, Model model) {
    double decay = ((ComputationGraph) model).calcRegularizationScore(true);
    loss.add(examples * (model.score() - decay));
  }
}
