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
  private boolean borrowed;
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

  /** The parts of the gradient that consumers have left so far, to be added up in this order. */
  List<Operand> contributions() {
    return contributions;
  }

  /**
   * Adds a consumer's part of the gradient.
   *
   * @param shared whether other values read the same memory
   */
  void contribute(Operand part, boolean shared) {
    if (contributions.isEmpty()) {
      borrowed = shared;
    }

    contributions.add(part);
  }

  /** Whether the gradient, or its first part, lies in memory that other values read too. */
  boolean borrowsGradient() {
    return borrowed;
  }

  /** The whole gradient, null until it was asked for. */
  Operand gradient() {
    return gradient;
  }

  void gradient(Operand operand) {
    gradient = operand;
  }

  /** Replaces the gradient by memory of this value's own. */
  void ownGradient(Operand operand) {
    gradient = operand;
    borrowed = false;
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
