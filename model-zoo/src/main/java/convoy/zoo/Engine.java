package convoy.zoo;

import convoy.zoo.engine.EngineException;
import convoy.zoo.engine.Execution;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.Precision;
import convoy.zoo.engine.SharedWeights;
import convoy.zoo.natives.EnvironmentCheck;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One engine, with what it can do.
 *
 * @param oldNames names that stored recipes may still use for this engine
 * @param cutsMinibatches whether a minibatch may go through its networks in parts
 * @param precisions the precisions it offers; not every CPU can compute in each of them
 * @param computes whether this CPU can compute in a precision
 * @param opener makes a network whose parameters are zero
 * @param weightsOpener makes weights that several networks share and that start at zero
 */
public record Engine(
    String name,
    List<String> oldNames,
    boolean cutsMinibatches,
    Set<Precision> precisions,
    Predicate<Precision> computes,
    Function<NetworkSpec, Network> opener,
    Function<NetworkSpec, SharedWeights> weightsOpener) {

  public Engine {
    oldNames = List.copyOf(oldNames);
    precisions = Set.copyOf(precisions);
  }

  /** Returns why the engine can't compute in a precision on this CPU, or null if it can. */
  public String problem(Precision precision) {
    if (!precisions.contains(precision)) {
      return "engine %s computes in %s only".formatted(name, known());
    }

    return computes.test(precision)
        ? null
        : "precision %s: this CPU has no instructions for it (AVX512_BF16 or AMX); choose float32"
            .formatted(precision);
  }

  /**
   * Checks the process and this machine before anything is opened.
   *
   * @throws EngineException when the engine can't work in this process or on this machine
   */
  void require(Execution execution) {
    String problem = problem(execution.precision());
    if (problem != null) {
      throw new EngineException(problem);
    }

    EnvironmentCheck.beforeNetwork(execution.threads());
  }

  /** Returns the precisions as an error line lists them. */
  public String known() {
    return String.join(", ", precisions.stream().sorted().map(Precision::toString).toList());
  }
}
