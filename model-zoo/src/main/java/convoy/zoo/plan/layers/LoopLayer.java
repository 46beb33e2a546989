package convoy.zoo.plan.layers;

import convoy.zoo.loops.PlainTensor;
import convoy.zoo.loops.Step;
import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import java.util.function.BiFunction;

/** A layer that runs as a plain loop on values in C order. */
public class LoopLayer implements PlanLayer {
  private final BiFunction<PlainTensor, PlainTensor, Step> maker;
  private final Value input;
  private final Value output;
  private PlanTensor from;
  private PlanTensor into;
  private Step step;

  /**
   * @param maker makes the step from input to output; it is called when their memory exists
   */
  public LoopLayer(BiFunction<PlainTensor, PlainTensor, Step> maker, Value input, Value output) {
    this.maker = maker;
    this.input = input;
    this.output = output;
  }

  final Step step() {
    if (step == null) {
      step = maker.apply(from, into);
    }

    return step;
  }

  final Value input() {
    return input;
  }

  public final Value output() {
    return output;
  }

  final PlanTensor outputTensor() {
    return into;
  }

  @Override
  public void forward(Assembly assembly) {
    Operand source = assembly.plain(input);
    Operand result = assembly.operand(OneDnn.plain(assembly.dimensions(output)));
    output.data(result);
    from = new PlanTensor(input.shape(), source);
    into = new PlanTensor(output.shape(), result);
    assembly.loop(
        output.name(), pass -> step().forward(assembly.batch(), pass.mode()), source, result);
  }

  @Override
  public void backward(Assembly assembly) {
    Operand gradient =
        assembly.reordered(
            output.name() + " gradient",
            assembly.gradients().owned(output),
            OneDnn.plain(assembly.dimensions(output)));
    into.gradient(gradient);
    Operand result = inputGradient(assembly);
    assembly.loop(
        output.name() + " backward",
        pass -> step().backward(assembly.batch()),
        assembly.plain(input),
        output.data(),
        gradient,
        result == null ? gradient : result);
    if (result != null) {
      assembly.gradients().contribute(input, result);
    }
  }

  /** Returns where the step writes its input's gradient, or null if nothing needs it. */
  final Operand inputGradient(Assembly assembly) {
    if (!input.differentiable()) {
      return null;
    }

    Operand result = assembly.operand(OneDnn.plain(assembly.dimensions(input)));
    from.gradient(result);
    return result;
  }
}
