package convoy.zoo.dl4j;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.optimizer.CommonKeys;
import convoy.zoo.optimizer.Sgd;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * The recipe's {@code sgd} as DL4J's settings. The rule is {@link ClassicalMomentum}, because
 * DL4J's own momentum is Nesterov's. Weight decay is DL4J's L2 term, which is added to the gradient
 * before the rule runs.
 *
 * @param learningRates of the iterations to come; the last one also counts for all later iterations
 */
public record SgdRule(OptimizerSpec spec, List<Double> learningRates) {
  /** The only optimizer that can be translated for DL4J. */
  public static final String NAME = "sgd";

  public SgdRule {
    learningRates = List.copyOf(learningRates);
    if (!spec.name().equals(NAME)) {
      throw new IllegalArgumentException(
          "optimizer " + spec.name() + ": DL4J's networks support only " + NAME);
    }
  }

  void configure(NeuralNetConfiguration.Builder network) {
    network
        .updater(momentum(1))
        .biasUpdater(momentum(spec.get(CommonKeys.BIAS_LEARNING_RATE_FACTOR)))
        .l2(spec.get(CommonKeys.WEIGHT_DECAY))
        .l2Bias(spec.get(CommonKeys.WEIGHT_DECAY) * spec.get(CommonKeys.BIAS_WEIGHT_DECAY_FACTOR));
  }

  private ClassicalMomentum momentum(double factor) {
    return new ClassicalMomentum(
        spec.get(Sgd.MOMENTUM),
        learningRates.stream().mapToDouble(rate -> rate * factor).toArray());
  }
}
