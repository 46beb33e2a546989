package convoy.zoo.plan;

import convoy.zoo.loops.PlainTensor;
import convoy.zoo.loops.Step;
import java.util.function.BiFunction;

/** A layer that runs as a plain loop, on values in C order. */
class LoopLayer implements PlanLayer {
  private final BiFunction<PlainTensor, PlainTensor, Step> maker;
  private final Value input;
  private final Value output;
  private PlanTensor from;
  private PlanTensor into;
  private Step step;

  /**
   * @param maker of the step from input to output, called when memory is there
   */
  LoopLayer(BiFunction<PlainTensor, PlainTensor, Step> maker, Value input, Value output) {
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

  final Value output() {
    return output;
  }

  final PlanTensor outputTensor() {
    return into;
  }

  @Override
  public void forward(Assembly plan) {
    Operand source = plan.plain(input);
    Operand result = plan.operand(OneDnn.plain(plan.dimensions(output)));
    output.data(result);
    from = new PlanTensor(input.shape(), source);
    into = new PlanTensor(output.shape(), result);
    plan.loop(output.name(), pass -> step().forward(plan.batch(), pass.mode()), source, result);
  }

  @Override
  public void backward(Assembly plan) {
    Operand gradient =
        plan.reordered(
            output.name() + " gradient",
            plan.gradient(output),
            OneDnn.plain(plan.dimensions(output)));
    into.gradient(gradient);
    Operand result = inputGradient(plan);
    plan.loop(
        output.name() + " backward",
        pass -> step().backward(plan.batch()),
        plan.plain(input),
        output.data(),
        gradient,
        result == null ? gradient : result);
    if (result != null) {
      plan.contribute(input, result);
    }
  }

  /** Where the step writes its input's gradient, null where nobody asks for it. */
  final Operand inputGradient(Assembly plan) {
    if (!input.differentiable()) {
      return null;
    }

    Operand result = plan.operand(OneDnn.plain(plan.dimensions(input)));
    from.gradient(result);
    return result;
  }
}
