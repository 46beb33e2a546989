package convoy.zoo.nd4j;

import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Shape;
import convoy.zoo.loops.Step;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution in groups. Each group reads its own input channels and writes its own output
 * channels.
 */
final class GroupedConvolutionStep implements Step {
  private final Tensor input;
  private final Tensor output;
  private final List<Tensor> inputs = new ArrayList<>();
  private final List<Tensor> outputs = new ArrayList<>();
  private final List<Step> groups = new ArrayList<>();

  GroupedConvolutionStep(
      String name,
      Convolution layer,
      Tensor input,
      Tensor output,
      ParameterBlock parameters,
      int batch) {
    this.input = input;
    this.output = output;
    for (int group = 0; group < layer.groups(); group++) {
      Tensor in = part(input, layer.groups(), batch);
      Tensor out = part(output, layer.groups(), batch);
      inputs.add(in);
      outputs.add(out);
      groups.add(
          new ConvolutionStep(
              layer, in, out, Kernel.of(name, parameters, layer.groups(), group), batch));
    }
  }

  private static Tensor part(Tensor whole, int groups, int batch) {
    Shape shape = whole.shape();
    return new Tensor(
        new Shape(shape.channels() / groups, shape.height(), shape.width()),
        batch,
        whole.differentiable());
  }

  @Override
  public void forward(int size, Mode mode) {
    for (int group = 0; group < groups.size(); group++) {
      split(input, input.values(), inputs.get(group).values(), group, size);
      groups.get(group).forward(size, mode);
      join(output, outputs.get(group).values(), output.values(), group, size);
    }
  }

  @Override
  public void backward(int size) {
    for (int group = 0; group < groups.size(); group++) {
      split(output, output.gradient(), outputs.get(group).gradient(), group, size);
      groups.get(group).backward(size);
      if (input.differentiable()) {
        join(input, inputs.get(group).gradient(), input.gradient(), group, size);
      }
    }
  }

  // In each picture, the channels of a group lie next to each other.
  private void split(Tensor of, FloatBuffer whole, FloatBuffer part, int group, int size) {
    int length = of.shape().size() / groups.size();
    for (int picture = 0; picture < size; picture++) {
      part.put(picture * length, whole, (picture * groups.size() + group) * length, length);
    }
  }

  private void join(Tensor of, FloatBuffer part, FloatBuffer whole, int group, int size) {
    int length = of.shape().size() / groups.size();
    for (int picture = 0; picture < size; picture++) {
      whole.put((picture * groups.size() + group) * length, part, picture * length, length);
    }
  }

  @Override
  public void close() {
    groups.forEach(Step::close);
    inputs.forEach(Tensor::close);
    outputs.forEach(Tensor::close);
  }
}
