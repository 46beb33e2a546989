package convoy.benchmarks;

import convoy.zoo.engine.Initialization;
import convoy.zoo.engine.Precision;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch, PyTorch's engine, with autograd and its fused SGD. */
final class LibtorchCandidate implements Candidate {
  private final Workload workload;
  private final Graph graph;
  private final Pictures pictures;
  private final Tensor images;
  private final Tensor labels;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final LibtorchGraph network;
  private final FusedSgd optimizer;

  /**
   * Opens libtorch.
   *
   * @param channelsLast whether pictures, activations and convolutions' weights have the layout
   *     NHWC; the pictures have it from the start
   */
  LibtorchCandidate(Workload workload, boolean dropout, boolean channelsLast) {
    boolean training = workload.mode() == Mode.TRAIN;
    this.workload = workload;
    this.graph = workload.graph(dropout);
    this.pictures = Pictures.drawn(graph, workload.batch());
    torch.set_num_threads(workload.threads());
    torch.manual_seed(SEED);
    if (workload.precision() == Precision.BFLOAT16) {
      torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
      torch.set_autocast_enabled(torch.DeviceType.CPU, true);
    }

    long[] shape = {
      workload.batch(), graph.input().channels(), graph.input().height(), graph.input().width()
    };
    this.images = tensor(pictures.images(), shape, channelsLast);
    this.labels = Tensor.create(Arrays.stream(pictures.labels()).asLongStream().toArray());
    for (Parameter parameter : graph.parameters()) {
      Tensor tensor = startValues(parameter, channelsLast);
      tensor.set_requires_grad(training);
      parameters.put(parameter.name(), tensor);
    }

    this.network = new LibtorchGraph(graph, parameters, training);
    this.optimizer = training ? new FusedSgd(List.copyOf(parameters.values())) : null;
  }

  /** Writes the start values where they stay, because the process's memory is measured. */
  private static Tensor startValues(Parameter parameter, boolean channelsLast) {
    long[] sizes = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
    Tensor values = torch.empty(sizes);
    FloatBuffer memory = values.createBuffer();
    Initialization.fill(parameter, SEED, memory);
    if (!channelsLast || sizes.length != 4) {
      return values;
    }

    Tensor turned = values.contiguous(torch.MemoryFormat.ChannelsLast);
    values.close();
    return turned;
  }

  /** Creates a tensor with its own memory. */
  private static Tensor tensor(FloatBuffer values, long[] shape, boolean channelsLast) {
    try (Tensor seen = torch.from_blob(new FloatPointer(values), shape);
        Tensor copy = seen.clone()) {
      return copy.contiguous(
          channelsLast ? torch.MemoryFormat.ChannelsLast : torch.MemoryFormat.Contiguous);
    }
  }

  @Override
  public double iterate() {
    return workload.mode() == Mode.TRAIN ? train() : infer();
  }

  @SuppressWarnings("try") // A scope exists only to be closed.
  private double train() {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> values = network.forward(images);
      Tensor loss = torch.cross_entropy_loss(values.get(graph.output().name()), labels);
      Tensor sum = loss;
      for (Graph.Head head : graph.heads()) {
        Tensor side = torch.cross_entropy_loss(values.get(head.output()), labels);
        sum = sum.add(side.mul(new Scalar(head.weight())));
      }

      sum.backward();
      optimizer.update();
      torch.clear_cache(); // The cache holds the weights in bfloat16, which have changed.
      return loss.item_float();
    }
  }

  @SuppressWarnings("try")
  private double infer() {
    try (PointerScope scope = new PointerScope();
        InferenceMode guard = new InferenceMode()) {
      Tensor logits = network.forward(images).get(graph.output().name());
      Tensor probabilities = torch.softmax(logits, 1).to(torch.ScalarType.Float).contiguous();
      FloatBuffer values = probabilities.createBuffer();
      return pictures.loss(values);
    }
  }

  @Override
  public void close() {
    if (optimizer != null) {
      optimizer.close();
    }

    parameters.values().forEach(Tensor::close);
    images.close();
    labels.close();
  }
}
