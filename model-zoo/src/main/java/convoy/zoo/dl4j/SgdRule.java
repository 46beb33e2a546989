package convoy.zoo.dl4j;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.optimizer.CommonKeys;
import convoy.zoo.optimizer.Sgd;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;

/**
 * The recipe's {@code sgd} as DL4J's settings: DL4J's own momentum is Nesterov's, so the rule is
 * {@link ClassicalMomentum}; weight decay is its L2 term, which stands before the rule.
 *
 * @param learningRates of the iterations to come, the last one for all after them
 */
public record SgdRule(OptimizerSpec spec, List<Double> learningRates) {
  /** The optimizer that DL4J can be taught. */
  public static final String NAME = "sgd";

  public SgdRule {
    learningRates = List.copyOf(learningRates);
    if (!spec.name().equals(NAME)) {
      throw new IllegalArgumentException(
          "optimizer " + spec.name() + ": with DL4J's networks it is " + NAME + " alone");
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
