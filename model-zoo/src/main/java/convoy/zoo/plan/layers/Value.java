package convoy.zoo.plan.layers;

import convoy.zoo.graph.Shape;
import convoy.zoo.plan.memory.Operand;
import java.util.ArrayList;
import java.util.List;

/** What flows along an edge of the graph: data forward and, in training, a gradient back. */
public final class Value {
  private final String name;
  private final Shape shape;
  private final boolean differentiable;
  private final List<Operand> contributions = new ArrayList<>();
  private Operand data;
  private Operand plain;
  private Operand gradient;
  private boolean rectified;

  /**
   * @param differentiable whether a gradient flows back along this edge
   */
  public Value(String name, Shape shape, boolean differentiable) {
    this.name = name;
    this.shape = shape;
    this.differentiable = differentiable;
  }

  public String name() {
    return name;
  }

  public Shape shape() {
    return shape;
  }

  public boolean differentiable() {
    return differentiable;
  }

  public Operand data() {
    return data;
  }

  public void data(Operand operand) {
    data = operand;
  }

  /** The data in C order, null while no step has needed it. */
  Operand plain() {
    return plain;
  }

  void plain(Operand operand) {
    plain = operand;
  }

  /** The gradients that consumers have left, to be added up. */
  List<Operand> contributions() {
    return contributions;
  }

  /** The whole gradient, null until it was asked for. */
  Operand gradient() {
    return gradient;
  }

  void gradient(Operand operand) {
    gradient = operand;
  }

  /**
   * Whether the data went through a ReLU inside their primitive, which the gradient still has to.
   */
  boolean rectified() {
    return rectified;
  }

  void rectified(boolean pending) {
    rectified = pending;
  }
}
