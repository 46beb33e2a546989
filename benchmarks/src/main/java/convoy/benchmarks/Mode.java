package convoy.benchmarks;

import java.util.Locale;

/** What an iteration does with its minibatch. */
enum Mode {
  /** Forward and backward pass and the update. */
  TRAIN,
  /** Class probabilities. */
  INFER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
