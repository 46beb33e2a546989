package convoy.zoo.dl4j;

import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Selects some of the channels. It exists because DL4J's own vertex gives one channel too few for
 * planes.
 */
public final class ChannelSubset extends SubsetVertex {
  private static final long serialVersionUID = 1;

  /**
   * @param from the first channel
   * @param to the last channel, which is included
   */
  public ChannelSubset(@JsonProperty("from") int from, @JsonProperty("to") int to) {
    super(from, to);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    InputType.InputTypeConvolutional planes = (InputType.InputTypeConvolutional) inputs[0];
    return InputType.convolutional(
        planes.getHeight(), planes.getWidth(), getTo() - getFrom() + 1, planes.getFormat());
  }

  @Override
  public ChannelSubset clone() {
    return new ChannelSubset(getFrom(), getTo());
  }
}
