package convoy.zoo.plan.layers;

import convoy.zoo.graph.Activation;
import convoy.zoo.graph.Convolution;
import convoy.zoo.plan.memory.OneDnn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.primitive_desc_base;

/** Describes the primitives of one convolution and chooses among them. */
public final class Convolutions {
  /** The number of floats in the longest vector register. */
  private static final int VECTOR = 16;

  private final String name;
  private final Convolution layer;
  private final memory.data_type type;
  private final long[] source;
  private final long[] destination;
  private final long[] kernel;

  /**
   * @param type of pictures and weights; biases and the gradients of parameters are floats
   */
  public Convolutions(
      String name, Convolution layer, memory.data_type type, long[] source, long[] destination) {
    this.name = name;
    this.layer = layer;
    this.type = type;
    this.source = source;
    this.destination = destination;
    this.kernel = kernel(layer, source[1]);
  }

  private static long[] kernel(Convolution layer, long channels) {
    long groups = layer.groups();
    long outputs = layer.outputChannels();
    long side = layer.kernel();
    return groups == 1
        ? new long[] {outputs, channels, side, side}
        : new long[] {groups, outputs / groups, channels / groups, side, side};
  }

  /** Returns the dimensions of the weights: OIHW, or GOIHW with groups. */
  public long[] kernelDimensions() {
    return kernel.clone();
  }

  boolean hasBias() {
    return layer.hasBias();
  }

  Activation activation() {
    return layer.activation();
  }

  /** Lets the primitive choose the layout of the weights. */
  private memory.desc anyWeights() {
    return OneDnn.layout(type, OneDnn.ANY, kernel);
  }

  /** Lets the primitive choose the layout of the weights' gradient. */
  memory.desc anyGradient() {
    return OneDnn.layout(OneDnn.ANY, kernel);
  }

  /** The layouts of source, weights and destination. */
  private record Candidate(memory.desc source, memory.desc weights, memory.desc destination) {}

  /**
   * Returns the first candidate for which oneDNN has compiled code in every pass. It first looks
   * for primitives that don't copy the windows of the picture, then for those that do. In each of
   * these two groups, candidates that use the weights as they are stored come before those that
   * need a copy of the weights.
   *
   * @param weights their fixed layout, or null
   */
  convolution_forward.primitive_desc choose(Assembly assembly, Value input, memory.desc weights) {
    List<Candidate> candidates = candidates(assembly, input, weights);
    for (Predicate<primitive_desc_base> good :
        List.<Predicate<primitive_desc_base>>of(OneDnn::direct, OneDnn::compiled)) {
      for (Candidate candidate : candidates) {
        convolution_forward.primitive_desc forward = forward(assembly, candidate);
        if (good.test(forward)
            && (!assembly.training() || backwardIs(good, forward, input.differentiable()))) {
          return forward;
        }
      }
    }

    throw new IllegalStateException(
        "layer %s: oneDNN has no compiled convolution for %s and weights %s"
            .formatted(name, Arrays.toString(source), Arrays.toString(kernel)));
  }

  private List<Candidate> candidates(Assembly assembly, Value input, memory.desc weights) {
    List<memory.desc> kernels = new ArrayList<>();
    if (weights != null) {
      kernels.add(weights);
    }

    kernels.add(anyWeights());
    List<Candidate> candidates = new ArrayList<>();
    for (memory.desc layout : kernels) {
      for (memory.format_tag format : assembly.formats()) {
        // A first layer with few channels suits neither blocks nor vectors, so the primitive
        // chooses its input layout.
        memory.format_tag wanted =
            input.differentiable() || source[1] >= VECTOR ? format : OneDnn.ANY;
        candidates.add(
            new Candidate(
                OneDnn.layout(type, wanted, source),
                layout,
                OneDnn.layout(type, format, destination)));
      }
    }

    return candidates;
  }

  private boolean backwardIs(
      Predicate<primitive_desc_base> good,
      convolution_forward.primitive_desc forward,
      boolean differentiable) {
    memory.desc from = forward.src_desc();
    memory.desc gradient = forward.dst_desc();
    return good.test(backwardWeights(from, anyGradient(), gradient, forward))
        && (!differentiable || good.test(backwardData(from, gradient, forward)));
  }

  private convolution_forward.primitive_desc forward(Assembly assembly, Candidate candidate) {
    convolution_forward.primitive_desc first = describe(assembly, candidate);
    if (source[1] >= VECTOR || !first.asBoolean()) {
      return first;
    }

    // Products of blocks come first in oneDNN's list, but with few channels they are a third
    // slower.
    convolution_forward.primitive_desc next = describe(assembly, candidate);
    while (OneDnn.implementation(next).contains("brg") && next.next_impl()) {}
    return OneDnn.direct(next) ? next : first;
  }

  private convolution_forward.primitive_desc describe(Assembly assembly, Candidate candidate) {
    primitive_attr attributes =
        layer.activation() == Activation.RELU ? OneDnn.attributesWithRelu() : OneDnn.attributes();
    return fastest(
        way ->
            new convolution_forward.primitive_desc(
                OneDnn.CPU,
                assembly.propagation(),
                way,
                candidate.source(),
                candidate.weights(),
                bias(),
                candidate.destination(),
                strides(),
                dilation(),
                padding(),
                padding(),
                attributes,
                true));
  }

  /**
   * Chooses Winograd's algorithm if oneDNN has it: for 3 x 3 kernels with stride 1, on AVX-512.
   * oneDNN itself only chooses it for larger minibatches. Without this method, VGG-16 trains at
   * half the speed on 8 pictures.
   */
  private static <T extends primitive_desc_base> T fastest(
      Function<dnnl.algorithm, T> description) {
    T winograd = description.apply(dnnl.algorithm.convolution_winograd);
    return OneDnn.compiled(winograd)
        ? winograd
        : description.apply(dnnl.algorithm.convolution_direct);
  }

  convolution_backward_weights.primitive_desc backwardWeights(
      memory.desc from,
      memory.desc weights,
      memory.desc gradient,
      convolution_forward.primitive_desc forward) {
    return fastest(
        way ->
            new convolution_backward_weights.primitive_desc(
                OneDnn.CPU,
                way,
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
                true));
  }

  convolution_backward_data.primitive_desc backwardData(
      memory.desc from, memory.desc gradient, convolution_forward.primitive_desc forward) {
    return fastest(
        way ->
            new convolution_backward_data.primitive_desc(
                OneDnn.CPU,
                way,
                from,
                anyWeights(),
                gradient,
                strides(),
                dilation(),
                padding(),
                padding(),
                forward,
                OneDnn.attributes(),
                true));
  }

  /**
   * Returns the layout in which the parameter is stored if the forward pass reads a converted copy
   * of it.
   */
  memory.desc home(Assembly assembly, convolution_forward.primitive_desc forward) {
    memory.desc wanted = forward.weights_desc();
    if (OneDnn.storable(wanted)) {
      return wanted;
    }

    if (assembly.training()) {
      convolution_backward_weights.primitive_desc backward =
          backwardWeights(forward.src_desc(), anyGradient(), forward.dst_desc(), forward);
      if (OneDnn.compiled(backward)) {
        return backward.diff_weights_desc();
      }
    }

    return OneDnn.plain(kernel);
  }

  /** Refuses a primitive for which oneDNN has no compiled code. */
  void require(String step, primitive_desc_base description) {
    if (!OneDnn.compiled(description)) {
      throw new IllegalStateException("layer " + name + ": " + step + " is not compiled by oneDNN");
    }
  }

  /** Returns an empty layout if the convolution has no biases. */
  private memory.desc bias() {
    return layer.hasBias() ? OneDnn.plain(layer.outputChannels()) : new memory.desc();
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
