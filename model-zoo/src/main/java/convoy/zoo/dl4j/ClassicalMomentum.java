package convoy.zoo.dl4j;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The update rule of AlexNet's paper for DL4J: v = momentum * v - rate * gradient, w = w + v.
 * DL4J's own momentum is Nesterov's. The state of the rule is v.
 */
public final class ClassicalMomentum implements IUpdater {
  private static final long serialVersionUID = 1;

  private final double momentum;
  private final double[] learningRates;

  /**
   * @param learningRates of the iterations 0, 1 and so on; the last one also counts for all later
   *     iterations
   */
  public ClassicalMomentum(
      @JsonProperty("momentum") double momentum,
      @JsonProperty("learningRates") double... learningRates) {
    this.momentum = momentum;
    this.learningRates = learningRates.clone();
  }

  /** DL4J's JSON writer calls this method. */
  @JsonProperty("momentum")
  public double momentum() {
    return momentum;
  }

  /** DL4J's JSON writer calls this method. */
  @JsonProperty("learningRates")
  public double[] learningRates() {
    return learningRates.clone();
  }

  @Override
  public long stateSize(long parameters) {
    return parameters;
  }

  @Override
  public GradientUpdater<ClassicalMomentum> instantiate(INDArray state, boolean initialize) {
    Rule rule = new Rule(this);
    rule.setStateViewArray(state, state.shape(), state.ordering(), initialize);
    return rule;
  }

  @Override
  public GradientUpdater<ClassicalMomentum> instantiate(
      Map<String, INDArray> state, boolean initialize) {
    Rule rule = new Rule(this);
    rule.setState(state, initialize);
    return rule;
  }

  @Override
  public double getLearningRate(int iteration, int epoch) {
    return learningRates[Math.min(iteration, learningRates.length - 1)];
  }

  @Override
  public boolean hasLearningRate() {
    return true;
  }

  @Override
  public void setLrAndSchedule(double rate, ISchedule schedule) {
    throw new UnsupportedOperationException("the rates are given once");
  }

  @Override
  public ClassicalMomentum clone() {
    return new ClassicalMomentum(momentum, learningRates);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassicalMomentum that
        && momentum == that.momentum
        && Arrays.equals(learningRates, that.learningRates);
  }

  @Override
  public int hashCode() {
    return Double.hashCode(momentum) * 31 + Arrays.hashCode(learningRates);
  }

  /** Applies the rule to one block of parameters. */
  private static final class Rule implements GradientUpdater<ClassicalMomentum> {
    private static final String STATE = "v";

    private final ClassicalMomentum config;
    private INDArray velocity;

    Rule(ClassicalMomentum config) {
      this.config = config;
    }

    @Override
    public ClassicalMomentum getConfig() {
      return config;
    }

    @Override
    public void setState(Map<String, INDArray> state, boolean initialize) {
      velocity = state.get(STATE);
    }

    @Override
    public Map<String, INDArray> getState() {
      return Map.of(STATE, velocity);
    }

    @Override
    public void setStateViewArray(INDArray view, long[] shape, char order, boolean initialize) {
      velocity = view;
      if (initialize) {
        view.assign(0);
      }
    }

    // DL4J subtracts what it finds in the gradient from the parameters.
    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
      INDArray flat = velocity.reshape(gradient.ordering(), gradient.shape());
      flat.muli(config.momentum);
      gradient.muli(config.getLearningRate(iteration, epoch));
      flat.subi(gradient);
      gradient.assign(flat.neg());
    }
  }
}
