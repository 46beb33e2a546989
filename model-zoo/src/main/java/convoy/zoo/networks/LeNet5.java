package convoy.zoo.networks;

import static convoy.zoo.graph.Activation.SCALED_TANH;
import static convoy.zoo.graph.Window.kernel;

import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Initializer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Weights;
import java.util.List;

/**
 * LeNet-5 as printed (LeCun et al. 1998, section II.B). With one channel, at 28 or 32 px, it has
 * 60,000 trainable parameters beside the fixed codes of its output.
 *
 * <p>C1 pads pictures under 32 px by 2 on each side, so that digits of 28 px count as the paper's
 * 32 px. With larger pictures, F6 reads all places of C5. Subsampling layers always have the start
 * values of the paper. The loss is a squared distance, which is about 84 at the start, so learning
 * rates of about 0.001 suit it.
 *
 * <p>The network is made for small pictures: its small form is the same network.
 */
public final class LeNet5 extends PaperNetwork {
  /** Table I: the maps of S2 that each map of C3 sees. */
  private static final List<List<Integer>> TABLE_I =
      List.of(
          List.of(0, 1, 2),
          List.of(1, 2, 3),
          List.of(2, 3, 4),
          List.of(3, 4, 5),
          List.of(0, 4, 5),
          List.of(0, 1, 5),
          List.of(0, 1, 2, 3),
          List.of(1, 2, 3, 4),
          List.of(2, 3, 4, 5),
          List.of(0, 3, 4, 5),
          List.of(0, 1, 4, 5),
          List.of(0, 1, 2, 5),
          List.of(0, 1, 3, 4),
          List.of(1, 2, 4, 5),
          List.of(0, 2, 3, 5),
          List.of(0, 1, 2, 3, 4, 5));

  /**
   * The j of equation 9, for which the paper gives no value. A wrong class that is further away
   * than j hardly counts. The values 0.1, 1 and 10 learn equally well; 84, the distance of an
   * undecided F6, learns worse.
   */
  private static final double J = 1;

  public LeNet5() {
    super(
        "lenet5",
        "LeCun et al. 1998, Gradient-based learning applied to document recognition",
        1998,
        "0.95 % on MNIST, no distortions",
        new Shape(1, 32, 32),
        10);
  }

  @Override
  public Graph graph(Options options) {
    Choices.noDropout(name(), options);
    Weights weights = Choices.weights(options, Weights.of(new Initializer.LeCunUniform()));
    return build(
        options,
        net -> {
          int padding = net.input().width() < 32 ? 2 : 0;
          net.convolution("c1", 6, kernel(5).padding(padding), weights, SCALED_TANH);
          // 6 x 28 x 28
          net.subsampling("s2", 2, SCALED_TANH);
          // 6 x 14 x 14
          net.connectedConvolution("c3", TABLE_I, kernel(5), weights, SCALED_TANH);
          // 16 x 10 x 10
          net.subsampling("s4", 2, SCALED_TANH);
          // 16 x 5 x 5
          net.convolution("c5", 120, kernel(5), weights, SCALED_TANH);
          // 120 x 1 x 1
          net.fullyConnected("f6", 84, weights, SCALED_TANH);
          // 84
          net.rbf("output", CharacterCodes.of(options.classes()), J);
        });
  }
}
