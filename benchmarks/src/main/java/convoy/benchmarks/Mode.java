package convoy.benchmarks;

import java.util.Locale;

/** What an iteration does with its minibatch. */
enum Mode {
  /** The forward pass, the backward pass and the update. */
  TRAIN,
  /** The class probabilities. */
  INFER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
