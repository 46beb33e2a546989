package convoy.zoo.plan.memory;

import convoy.zoo.loops.Step;

/** One line of a plan. */
public interface Instruction {
  /** Returns the layer, what is done, and the implementation that does it. */
  String name();

  void run(Pass pass);

  /**
   * The data that changes with each minibatch.
   *
   * @param size the number of pictures that count; the plan always computes its whole batch
   * @param labels null in inference
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record Pass(int size, Step.Mode mode, int[] labels) {}
}
