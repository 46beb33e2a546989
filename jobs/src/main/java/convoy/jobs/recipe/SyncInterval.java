package convoy.jobs.recipe;

import convoy.options.ByEpoch;
import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kind;
import convoy.options.Kinds;
import convoy.options.Settings;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The averaging interval, tau: how many minibatches each worker trains in a round. */
public sealed interface SyncInterval extends Serializable {
  /**
   * The number of minibatches in a round, 1 or more.
   *
   * @param epoch finished epochs
   * @param rate highest learning rate from the round's first minibatch on, so that a rule for
   *     falling rates takes the rate after a warm-up during the warm-up
   */
  int minibatches(int epoch, double rate);

  /** The same number in every round. */
  record Fixed(int minibatches) implements SyncInterval {
    @Override
    public int minibatches(int epoch, double rate) {
      return minibatches;
    }
  }

  /** A number for each part of the run: post-local SGD (Lin et al. 2020). */
  record Staged(ByEpoch<Integer> minibatches) implements SyncInterval {
    @Override
    public int minibatches(int epoch, double rate) {
      return minibatches.at(epoch);
    }
  }

  /**
   * The quadratic synchronization rule: {@code max(least, floor((alpha / rate)^2))} (Gu et al.
   * 2024, arXiv 2310.14423).
   */
  record Quadratic(int least, double alpha) implements SyncInterval {
    private static final String NAME = "qsr";
    private static final Key<Integer> LEAST =
        Key.required("least", Kinds.whole(1, Sections.MANY), "The shortest interval.");
    private static final Key<Double> ALPHA =
        Key.required("alpha", Kinds.positive(Sections.MANY), "The growth coefficient.");
    private static final Keys KEYS = Keys.of(LEAST, ALPHA);

    @Override
    public int minibatches(int epoch, double rate) {
      double growing = Math.floor(alpha / rate * (alpha / rate)); // Infinite if the rate is 0.
      return (int) Math.max(least, Math.min(Sections.MANY, growing));
    }

    private static Quadratic of(Object given) {
      if (!(given instanceof Map<?, ?> map)
          || map.size() != 1
          || !(map.get(NAME) instanceof Map<?, ?> values)) {
        throw Kind.wrong(given, "is not such as {qsr: {least: 4, alpha: 0.2}}");
      }

      Map<String, Object> plain = new LinkedHashMap<>();
      values.forEach((name, value) -> plain.put(String.valueOf(name), value));
      Settings settings = KEYS.settings(plain);
      return new Quadratic(settings.get(LEAST), settings.get(ALPHA));
    }

    /** The keys keep their order, so that equal recipes are written alike. */
    private Map<String, Object> written() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put(LEAST.name(), least);
      values.put(ALPHA.name(), alpha);
      return Map.of(NAME, values);
    }
  }

  /** The kind of the key {@code sync.interval}. */
  static Kind<SyncInterval> kind() {
    Kind<Integer> number = Kinds.whole(1, Sections.MANY);
    Kind<ByEpoch<Integer>> staged = ByEpoch.kind(number);
    return new Kind<>(
        number.takes() + ", " + staged.takes() + ", or {qsr: {least: 4, alpha: 0.2}}",
        List.of(),
        given -> {
          if (given instanceof Map<?, ?> || Quadratic.NAME.equals(given)) {
            return Quadratic.of(given);
          }

          return given instanceof List<?>
              ? new Staged(staged.parse().apply(given))
              : new Fixed(number.parse().apply(given));
        },
        typed -> {
          if (typed instanceof Quadratic quadratic) {
            return quadratic.written();
          }

          return typed instanceof Staged list
              ? staged.write().apply(list.minibatches())
              : typed.minibatches(0, 0);
        });
  }
}
