package convoy.benchmarks;

import convoy.zoo.engine.OptimizerSpec;
import convoy.zoo.optimizer.Sgd;

/** An engine that is ready for its workload. Each iteration continues from the one before. */
interface Candidate extends AutoCloseable {
  /** The seed of start values and dropout. */
  long SEED = 1;

  /** Weights and biases have the same rate, as with the peers' optimizers. */
  OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 1, 1);

  double LEARNING_RATE = 0.001;

  /**
   * Runs one iteration.
   *
   * @return the mean loss of the minibatch at the network's output, before the update
   */
  double iterate();

  @Override
  void close();
}
