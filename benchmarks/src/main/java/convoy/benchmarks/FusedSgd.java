package convoy.benchmarks;

import convoy.zoo.optimizer.CommonKeys;
import convoy.zoo.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.QualifiedName;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * PyTorch's fastest SGD, {@code torch.optim.SGD(fused=True)}, which makes one pass over each
 * tensor. libtorch's own class SGD makes several passes. TorchScript gives access to the operation,
 * which the Java binding lacks.
 */
final class FusedSgd {
  // TorchScript would remove the call if its result were not used.
  private static final String STEP =
      """
      def step(p: Tensor, g: Tensor, b: Tensor, rate: float, momentum: float, decay: float) -> Tensor:
          parameters = [p]
          torch._fused_sgd_(parameters, [g], [b], weight_decay=decay, momentum=momentum, lr=rate, dampening=0.0, nesterov=False, maximize=False, is_first_step=False)
          return parameters[0]
      """;

  private final List<Tensor> parameters;
  private final List<Tensor> momenta = new ArrayList<>();
  private final CompilationUnit script = torch.compile(STEP);
  private final Function step = script.find_function(new QualifiedName("step"));

  FusedSgd(List<Tensor> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Tensor parameter : parameters) {
      momenta.add(torch.zeros_like(parameter));
    }
  }

  /** Applies the gradients and frees their memory. */
  @SuppressWarnings("try") // A scope exists only to be closed.
  void update() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      IValue rate = new IValue(Candidate.LEARNING_RATE);
      IValue momentum = new IValue(Candidate.SGD.get(Sgd.MOMENTUM));
      IValue decay = new IValue(Candidate.SGD.get(CommonKeys.WEIGHT_DECAY));
      for (int i = 0; i < parameters.size(); i++) {
        Tensor gradient = parameters.get(i).mutable_grad();
        IValueVector arguments =
            new IValueVector(
                new IValue(parameters.get(i)),
                new IValue(gradient),
                new IValue(momenta.get(i)),
                rate,
                momentum,
                decay);
        step.apply(arguments);
        gradient.reset();
      }
    }
  }

  void close() {
    momenta.forEach(Tensor::close);
    script.close();
  }
}
