package convoy.zoo.nd4j;

import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Parameter;
import convoy.zoo.loops.Step;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A convolution with a connection table. It is executed as a full convolution in which the planes
 * that are not connected are zero. Its parameters are only the connected planes.
 */
final class TableConvolutionStep implements Step {
  private final List<List<Integer>> connections;
  private final int inputChannels;
  private final int area;
  private final FloatBuffer planes;
  private final FloatBuffer planesGradient;
  private final Floats full;
  private final Floats fullGradient;
  private final Step convolution;

  TableConvolutionStep(
      String name,
      Convolution layer,
      Tensor input,
      Tensor output,
      ParameterBlock parameters,
      int batch) {
    boolean learns = parameters.learns(name);
    this.connections = layer.connections();
    this.inputChannels = input.shape().channels();
    this.area = layer.kernel() * layer.kernel();
    this.planes = parameters.valuesOf(Parameter.weight(name));
    this.planesGradient = learns ? parameters.gradientOf(Parameter.weight(name)) : null;
    long[] shape = {layer.outputChannels(), inputChannels, layer.kernel(), layer.kernel()};
    int length = layer.outputChannels() * inputChannels * area;
    this.full = Floats.zeros(length);
    this.fullGradient = learns ? Floats.zeros(length) : null;
    this.convolution =
        new ConvolutionStep(
            layer,
            input,
            output,
            Kernel.withBias(
                name,
                parameters,
                0,
                layer.outputChannels(),
                full.view(0, shape),
                learns ? fullGradient.view(0, shape) : null),
            batch);
  }

  @Override
  public void forward(int size, Mode mode) {
    int plane = 0;
    for (int output = 0; output < connections.size(); output++) {
      for (int input : connections.get(output)) {
        full.buffer().put((output * inputChannels + input) * area, planes, plane * area, area);
        plane++;
      }
    }

    convolution.forward(size, mode);
  }

  @Override
  public void backward(int size) {
    convolution.backward(size);
    int plane = 0;
    for (int output = 0; output < connections.size(); output++) {
      for (int input : connections.get(output)) {
        planesGradient.put(
            plane * area, fullGradient.buffer(), (output * inputChannels + input) * area, area);
        plane++;
      }
    }
  }

  @Override
  public void close() {
    convolution.close();
    full.close();
    if (fullGradient != null) {
      fullGradient.close();
    }
  }
}
