package convoy.jobs.train.sync;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Next;
import convoy.jobs.exchange.SliceRule.Place;
import convoy.jobs.recipe.TrainingKeys;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.engine.ParameterLayout.Tensor;
import convoy.zoo.optimizer.Optimizer;
import convoy.zoo.optimizer.Optimizers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Synchronous minibatch descent (Chen et al. 2016, arXiv 1604.00981, section 2.2, without backup
 * workers): the workers' gradients are averaged after each minibatch, and one update moves the
 * parameters, as on one machine with the sum of the minibatches. The task that reduces a slice
 * updates it, so the optimizer's state never travels.
 *
 * @param trained the tensors that the optimizer may change
 * @param threads that share an update
 */
public record Synchronous(OptimizerSpec optimizer, List<Tensor> trained, int threads)
    implements SyncRule {
  public Synchronous {
    trained = List.copyOf(trained);
  }

  /** The rule before it belongs to a run. */
  public Synchronous() {
    this(null, List.of(), 1);
  }

  @Override
  public String name() {
    return "synchronous";
  }

  @Override
  public SyncRule with(TrainingJob job) {
    NetworkSpec network = job.network().spec();
    return new Synchronous(
        job.optimizer(),
        ParameterLayout.of(network.graph()).trained(network.frozen()),
        job.recipe().training().get(TrainingKeys.CORES_PER_WORKER));
  }

  @Override
  public boolean reducesGradients() {
    return true;
  }

  @Override
  public Next parameters(Round round, Place place, Slice mean) {
    Optimizer rule = Optimizers.of(optimizer, threads);
    Slice parameters = place.before().copy();
    Map<String, Slice> state = new LinkedHashMap<>();
    rule.stateNames().forEach(name -> state.put(name, place.own(name).copy()));
    rule.update(
        within(place.offset(), mean.length()),
        parameters.floats(),
        mean.floats(),
        state.values().stream().map(Slice::floats).toList(),
        round.learningRates().get(0),
        round.firstIteration());
    return new Next(parameters, state);
  }

  /** The parts of tensors that lie in a slice, with their places in the slice. */
  private List<Tensor> within(int offset, int length) {
    List<Tensor> parts = new ArrayList<>();
    for (Tensor tensor : trained) {
      int from = Math.max(tensor.offset(), offset);
      int to = Math.min(tensor.offset() + tensor.size(), offset + length);
      if (from < to) {
        parts.add(new Tensor(tensor.name(), List.of(to - from), tensor.kind(), from - offset));
      }
    }

    return parts;
  }
}
