package convoy.zoo.plan.memory;

import convoy.zoo.loops.Step;

/** One line of a plan. */
public interface Instruction {
  /** Layer and what is done, with the implementation that does it. */
  String name();

  void run(Pass pass);

  /**
   * What comes with one minibatch.
   *
   * @param size pictures that count; the plan always computes its whole batch
   * @param labels null in inference
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Pass(int size, Step.Mode mode, int[] labels) {}
}
