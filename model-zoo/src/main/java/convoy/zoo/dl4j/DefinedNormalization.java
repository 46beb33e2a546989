package convoy.zoo.dl4j;

import convoy.zoo.loops.ChannelNormalization;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's local response normalization with the gradient that follows from its definition. DL4J M2.1
 * computes a wrong gradient: its oneDNN helper runs the forward operation instead, and its code
 * without the helper is off by half a percent at alpha 0.5.
 */
public final class DefinedNormalization extends LocalResponseNormalization {
  private static final long serialVersionUID = 1;

  static DefinedNormalization of(convoy.zoo.graph.LocalResponseNormalization layer) {
    DefinedNormalization normalization = new DefinedNormalization();
    normalization.setN(layer.size());
    normalization.setK(layer.k());
    normalization.setAlpha(layer.alpha());
    normalization.setBeta(layer.beta());
    return normalization;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration configuration,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    Executed layer = new Executed(configuration, type);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(Map.of());
    layer.setConf(configuration);
    return layer;
  }

  /** The class that executes the layer. */
  private static final class Executed
      extends org.deeplearning4j.nn.layers.normalization.LocalResponseNormalization {
    private static final long serialVersionUID = 1;

    Executed(NeuralNetConfiguration configuration, DataType type) {
      super(configuration, type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
      INDArray result = workspaces.dup(ArrayType.ACTIVATIONS, input, 'c');
      FloatBuffer values = result.data().asNioFloat();
      normalization().forward(values, values, pictures());
      return result;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(
        INDArray epsilon, LayerWorkspaceMgr workspaces) {
      INDArray result = workspaces.dup(ArrayType.ACTIVATION_GRAD, epsilon, 'c');
      INDArray inputs = input.dup('c');
      FloatBuffer values = result.data().asNioFloat();
      normalization().backward(inputs.data().asNioFloat(), values, values, pictures());
      return new Pair<>(new DefaultGradient(), result);
    }

    private int pictures() {
      return Math.toIntExact(input.size(0));
    }

    private ChannelNormalization normalization() {
      LocalResponseNormalization layer = layerConf();
      return new ChannelNormalization(
          new convoy.zoo.graph.LocalResponseNormalization(
              (int) layer.getN(), layer.getK(), layer.getAlpha(), layer.getBeta()),
          Math.toIntExact(input.size(1)),
          Math.toIntExact(input.size(2) * input.size(3)));
    }
  }
}
