package convoy.zoo.engine;

import java.io.Serializable;

/**
 * The optimizer of a recipe as plain values.
 *
 * @param name as in {@code optimizer.name}
 * @param biasLearningRateFactor multiplies the learning rate of biases
 * @param biasWeightDecayFactor multiplies the weight decay of biases
 */
public record OptimizerSpec(
    String name,
    double momentum,
    double weightDecay,
    double biasLearningRateFactor,
    double biasWeightDecayFactor)
    implements Serializable {}
