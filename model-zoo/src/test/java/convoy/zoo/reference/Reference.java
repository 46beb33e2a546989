package convoy.zoo.reference;

import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Graph;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A network in double, written directly from the definitions. Dropout changes nothing. Pictures are
 * a whole minibatch, NCHW.
 */
public final class Reference {
  private final Graph graph;
  private final Map<String, Integer> offsets = new HashMap<>();
  private final double[] parameters;
  private final Set<String> frozen;
  private Map<String, float[]> replayed = Map.of();

  /**
   * @param parameters in the layout's order; they may change between calls
   */
  public Reference(Graph graph, ParameterLayout layout, double[] parameters, Set<String> frozen) {
    this.graph = graph;
    this.frozen = frozen;
    layout.tensors().forEach(tensor -> offsets.put(tensor.name(), tensor.offset()));
    this.parameters = parameters;
  }

  /**
   * Opens ReLUs and chooses in max pooling as a float run did. Otherwise a value that rounding
   * moves past 0 or past its neighbour would change the function that is computed.
   *
   * @param activations the output of each layer in that run, by name
   */
  public Reference replaying(Map<String, float[]> activations) {
    replayed = Map.copyOf(activations);
    return this;
  }

  /**
   * Returns the class probabilities of the output layer in inference, with one row for each
   * picture.
   */
  public double[] probabilities(double[] pictures) {
    return forward(pictures, false).output().probabilities();
  }

  /**
   * Returns the sum of the pictures' losses in training: the losses of the output plus the weighted
   * losses of the heads.
   */
  public double objective(double[] pictures, int[] labels) {
    Pass pass = forward(pictures, true);
    double sum = pass.output().loss(labels);
    for (Graph.Head head : graph.heads()) {
      sum += head.weight() * pass.output(head).loss(labels);
    }

    return sum;
  }

  /**
   * The results of a training pass.
   *
   * @param loss the sum of the pictures' losses at the output
   * @param gradient of the mean objective, in the parameters' order, including frozen layers
   * @param statistics the running statistics after the pass, by tensor name
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(double loss, double[] gradient, Map<String, double[]> statistics) {}

  public Result train(double[] pictures, int[] labels) {
    double[] gradient = new double[parameters.length];
    Pass pass = pass(gradient, true);
    pass.forward(pictures);
    pass.backward(labels);
    return new Result(pass.output().loss(labels), gradient, pass.statistics());
  }

  private Pass forward(double[] pictures, boolean training) {
    Pass pass = pass(null, training);
    pass.forward(pictures);
    return pass;
  }

  private Pass pass(double[] gradient, boolean training) {
    return new Pass(
        graph,
        name -> new Values(parameters, gradient, offsets.get(name)),
        training,
        frozen,
        replayed);
  }
}
