package convoy.benchmarks;

import convoy.zoo.optimizer.Sgd;
import convoy.zoo.engine.OptimizerSpec;

/** An engine that is ready for its workload. Iterations go on from one another. */
interface Candidate extends AutoCloseable {
  /** Of start values and dropout. */
  long SEED = 1;

  /** One rate for weights and biases, as the peers' optimizers have it. */
  OptimizerSpec SGD = Sgd.spec(0.9, 0.0005, 1, 1);

  double LEARNING_RATE = 0.001;

  /**
   * One iteration.
   *
   * @return the mean loss of the minibatch at the network's output, before the update
   */
  double iterate();

  @Override
  void close();
}
