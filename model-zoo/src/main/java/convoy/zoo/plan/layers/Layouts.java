package convoy.zoo.plan.layers;

import convoy.zoo.graph.Convolution;
import convoy.zoo.graph.Graph;
import convoy.zoo.plan.memory.OneDnn;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * Lists the layouts of planes that a network's layers try, most promising first. The order follows
 * a rule and no measurement: if measured times chose the layout, the floats could differ from one
 * run to the next.
 */
public final class Layouts {
  private static final memory.format_tag BLOCKS_OF_8 = memory.format_tag.aBcd8b;

  private Layouts() {}

  /**
   * Puts blocks of channels first if most convolutions have whole blocks, otherwise channels last.
   */
  public static List<memory.format_tag> of(Graph graph) {
    List<Convolution> convolutions =
        graph.nodes().stream()
            .map(Graph.Node::layer)
            .filter(Convolution.class::isInstance)
            .map(Convolution.class::cast)
            .toList();
    long whole =
        convolutions.stream()
            .filter(layer -> layer.outputChannels() / layer.groups() % 16 == 0)
            .count();
    return 2 * whole > convolutions.size()
        ? List.of(OneDnn.BLOCKED, BLOCKS_OF_8, OneDnn.CHANNELS_LAST, OneDnn.PLAIN)
        : List.of(OneDnn.CHANNELS_LAST, OneDnn.BLOCKED, BLOCKS_OF_8, OneDnn.PLAIN);
  }
}
