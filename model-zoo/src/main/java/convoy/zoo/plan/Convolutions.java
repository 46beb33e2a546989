package convoy.zoo.plan;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/** The descriptions of one convolution's primitives, and the choice among them. */
final class Convolutions {
  private static final dnnl.algorithm DIRECT = dnnl.algorithm.convolution_direct;

  private final String name;
  private final Layer.Convolution layer;
  private final long[] source;
  private final long[] destination;
  private final long[] kernel;

  Convolutions(String name, Layer.Convolution layer, long[] source, long[] destination) {
    this.name = name;
    this.layer = layer;
    this.source = source;
    this.destination = destination;
    this.kernel = kernel(layer, source[1]);
  }

  private static long[] kernel(Layer.Convolution layer, long channels) {
    long groups = layer.groups();
    long outputs = layer.outputChannels();
    long side = layer.kernel();
    return groups == 1
        ? new long[] {outputs, channels, side, side}
        : new long[] {groups, outputs / groups, channels / groups, side, side};
  }

  /**
   * What runs the layer.
   *
   * @param inTarget whether it writes where the caller wanted the output
   */
  record Choice(convolution_forward.primitive_desc forward, boolean inTarget) {}

  /** Dimensions of the weights: OIHW, with groups GOIHW. */
  long[] kernelDimensions() {
    return kernel.clone();
  }

  Activation activation() {
    return layer.activation();
  }

  /** Any layout of the weights. */
  memory.desc anyWeights() {
    return OneDnn.layout(OneDnn.ANY, kernel);
  }

  /**
   * Layouts of source, weights and destination.
   *
   * @param gradient what the backward pass gets at the worst
   */
  private record Candidate(
      memory.desc source,
      memory.desc weights,
      memory.desc destination,
      memory.desc gradient,
      boolean inTarget) {}

  /**
   * The first candidate that is compiled in every pass: in the target before elsewhere, with the
   * weights as they lie before a copy of them, without a copy of the picture's windows before with.
   *
   * @param weights their fixed layout, or null
   * @param target a layout that the output should have, or null
   */
  Choice choose(Assembly plan, Value input, memory.desc weights, memory.desc target) {
    List<Candidate> candidates = candidates(plan, input, weights, target);
    for (Predicate<primitive_desc_base> good :
        List.<Predicate<primitive_desc_base>>of(OneDnn::direct, OneDnn::compiled)) {
      for (Candidate candidate : candidates) {
        convolution_forward.primitive_desc forward = forward(plan, candidate);
        if (good.test(forward)
            && (!plan.training()
                || backwardIs(good, forward, candidate.gradient(), input.differentiable()))) {
          return new Choice(forward, candidate.inTarget());
        }
      }
    }

    throw new IllegalStateException(
        "layer %s: oneDNN has no compiled convolution for %s and weights %s"
            .formatted(name, Arrays.toString(source), Arrays.toString(kernel)));
  }

  private List<Candidate> candidates(
      Assembly plan, Value input, memory.desc weights, memory.desc target) {
    List<memory.desc> kernels = new ArrayList<>();
    if (weights != null) {
      kernels.add(weights);
    }

    kernels.add(anyWeights());
    List<Candidate> candidates = new ArrayList<>();
    for (memory.desc layout : kernels) {
      if (target != null) {
        candidates.add(new Candidate(input.data().layout(), layout, target, dense(plan), true));
      }

      for (memory.format_tag format : plan.formats()) {
        // Few channels suit neither blocks nor vectors: the primitive says what it wants.
        memory.format_tag wanted = input.differentiable() || source[1] >= 16 ? format : OneDnn.ANY;
        memory.desc to = OneDnn.layout(format, destination);
        candidates.add(new Candidate(OneDnn.layout(wanted, source), layout, to, to, false));
      }
    }

    return candidates;
  }

  private boolean backwardIs(
      Predicate<primitive_desc_base> good,
      convolution_forward.primitive_desc forward,
      memory.desc gradient,
      boolean differentiable) {
    memory.desc from = forward.src_desc();
    return good.test(backwardWeights(from, anyWeights(), gradient, forward))
        && (!differentiable || good.test(backwardData(from, gradient, forward)));
  }

  /** The output's layout where it lies alone. */
  memory.desc dense(Assembly plan) {
    return OneDnn.layout(plan.formats().get(0), destination);
  }

  /** Whether both backward passes take a gradient in this layout as it lies. */
  boolean takes(
      memory.desc gradient, convolution_forward.primitive_desc forward, boolean differentiable) {
    return backwardIs(OneDnn::direct, forward, gradient, differentiable);
  }

  private convolution_forward.primitive_desc forward(Assembly plan, Candidate candidate) {
    primitive_attr attributes =
        layer.activation() == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes();
    return new convolution_forward.primitive_desc(
        OneDnn.CPU,
        plan.propagation(),
        DIRECT,
        candidate.source(),
        candidate.weights(),
        bias(),
        candidate.destination(),
        strides(),
        dilation(),
        padding(),
        padding(),
        attributes,
        true);
  }

  convolution_backward_weights.primitive_desc backwardWeights(
      memory.desc from,
      memory.desc weights,
      memory.desc gradient,
      convolution_forward.primitive_desc forward) {
    return new convolution_backward_weights.primitive_desc(
        OneDnn.CPU,
        DIRECT,
        from,
        weights,
        bias(),
        gradient,
        strides(),
        dilation(),
        padding(),
        padding(),
        forward,
        OneDnn.attributes(),
        true);
  }

  convolution_backward_data.primitive_desc backwardData(
      memory.desc from, memory.desc gradient, convolution_forward.primitive_desc forward) {
    return new convolution_backward_data.primitive_desc(
        OneDnn.CPU,
        DIRECT,
        from,
        anyWeights(),
        gradient,
        strides(),
        dilation(),
        padding(),
        padding(),
        forward,
        OneDnn.attributes(),
        true);
  }

  /** Refuses what is not compiled. */
  void require(String step, primitive_desc_base description) {
    if (!OneDnn.compiled(description)) {
      throw new IllegalStateException("layer " + name + ": " + step + " is not compiled by oneDNN");
    }
  }

  private memory.desc bias() {
    return OneDnn.plain(layer.outputChannels());
  }

  private long[] strides() {
    return new long[] {layer.stride(), layer.stride()};
  }

  private long[] padding() {
    return new long[] {layer.padding(), layer.padding()};
  }

  private static long[] dilation() {
    return new long[] {0, 0};
  }
}
