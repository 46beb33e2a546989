package convoy.zoo.plan.layers;

import convoy.zoo.plan.memory.Instruction;
import java.util.function.Consumer;

/** Java code as a line of a plan. */
record LoopCall(String name, Consumer<Instruction.Pass> work) implements Instruction {
  @Override
  public void run(Pass pass) {
    work.accept(pass);
  }
}
