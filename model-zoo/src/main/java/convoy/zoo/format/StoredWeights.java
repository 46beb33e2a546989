package convoy.zoo.format;

/**
 * The hash in model.json by which damaged weights are noticed. While a model replaces another one,
 * model.json is written first and accepts the weights of both.
 *
 * @param sha256 hash of the file of weights in lower-case hexadecimal, or null if an older Convoy
 *     wrote the model
 * @param replaced hash of the weights that are being replaced, or null
 */
public record StoredWeights(String sha256, String replaced) {
  public static final StoredWeights UNKNOWN = new StoredWeights(null, null);

  /** Returns whether a file with this hash belongs to the model. */
  public boolean accepts(String hash) {
    return sha256 == null || hash.equals(sha256) || hash.equals(replaced);
  }
}
