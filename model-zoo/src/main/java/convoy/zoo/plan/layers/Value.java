package convoy.zoo.plan.layers;

import convoy.zoo.graph.Shape;
import convoy.zoo.plan.memory.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that layers hand to each other: data in the forward pass and, in training, a gradient in
 * the backward pass.
 */
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
   * @param differentiable whether a gradient flows back here
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

  /** Returns the data in C order, or null as long as no step has needed it. */
  Operand plain() {
    return plain;
  }

  void plain(Operand operand) {
    plain = operand;
  }

  /**
   * Returns the parts of the gradient that readers have contributed so far, in the order in which
   * they are added up.
   */
  List<Operand> contributions() {
    return contributions;
  }

  /**
   * Adds a reader's part of the gradient.
   *
   * @param shared whether other values read the same memory
   */
  void contribute(Operand part, boolean shared) {
    if (contributions.isEmpty()) {
      borrowed = shared;
    }

    contributions.add(part);
  }

  /** Returns whether the gradient, or its first part, lies in memory that other values read too. */
  boolean borrowsGradient() {
    return borrowed;
  }

  /** Returns the whole gradient, or null before anyone asked for it. */
  Operand gradient() {
    return gradient;
  }

  void gradient(Operand operand) {
    gradient = operand;
  }

  /** Replaces the gradient by memory that belongs to this value. */
  void ownGradient(Operand operand) {
    gradient = operand;
    borrowed = false;
  }

  /**
   * Returns whether the data went through a ReLU inside its primitive. The gradient must then go
   * through it too.
   */
  boolean rectified() {
    return rectified;
  }

  void rectified(boolean pending) {
    rectified = pending;
  }
}
