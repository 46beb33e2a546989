package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.graph.Convolution;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.TensorProto;
import org.nd4j.shade.protobuf.UnsafeByteOperations;

/** A network's tensors in the form that ONNX takes. */
final class OnnxTensors {
  private final Map<String, ParameterLayout.Tensor> byName = new HashMap<>();
  private final FlatVector parameters;

  OnnxTensors(ParameterLayout layout, FlatVector parameters) {
    layout.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    this.parameters = parameters;
  }

  /** Returns the tensor of this name with unchanged values. */
  TensorProto named(String name) {
    ParameterLayout.Tensor tensor = byName.get(name);
    return tensor(name, tensor.shape(), values(tensor));
  }

  /**
   * Returns one value for each channel, multiplied by {@code factor}, in a shape that ONNX
   * broadcasts over planes.
   */
  TensorProto aChannel(String name, float factor) {
    ParameterLayout.Tensor tensor = byName.get(name);
    FloatBuffer values = values(tensor);
    for (int i = 0; i < tensor.size(); i++) {
      values.put(i, values.get(i) * factor);
    }

    return tensor(name, List.of(tensor.size(), 1, 1), values);
  }

  /**
   * Returns a full kernel: the planes of a connection table, and zeros for channels that are not
   * connected.
   */
  TensorProto connected(String name, Convolution layer, int channels) {
    FloatBuffer planes = values(byName.get(name));
    int area = layer.kernel() * layer.kernel();
    FloatBuffer dense = floats(layer.outputChannels() * channels * area);
    int plane = 0;
    for (int output = 0; output < layer.outputChannels(); output++) {
      for (int channel : layer.connections().get(output)) {
        dense.put((output * channels + channel) * area, planes, plane * area, area);
        plane++;
      }
    }

    return tensor(
        name, List.of(layer.outputChannels(), channels, layer.kernel(), layer.kernel()), dense);
  }

  static TensorProto constant(String name, List<Integer> shape, List<Float> numbers) {
    FloatBuffer values = floats(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      values.put(i, numbers.get(i));
    }

    return tensor(name, shape, values);
  }

  static TensorProto scalar(String name, float number) {
    return constant(name, Collections.emptyList(), List.of(number));
  }

  static TensorProto indices(String name, long... indices) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(indices.length);
    for (long index : indices) {
      tensor.addInt64Data(index);
    }

    return tensor.build();
  }

  private FloatBuffer values(ParameterLayout.Tensor tensor) {
    FloatBuffer values = floats(tensor.size());
    parameters.read(tensor.offset(), values);
    return values.rewind();
  }

  private static FloatBuffer floats(int count) {
    return ByteBuffer.allocate(Math.multiplyExact(count, Float.BYTES))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }

  private static TensorProto tensor(String name, List<Integer> shape, FloatBuffer values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values.rewind());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
    shape.forEach(tensor::addDims);
    return tensor.build();
  }
}
