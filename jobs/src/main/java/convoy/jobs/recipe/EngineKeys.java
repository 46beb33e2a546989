package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kinds;
import convoy.options.Settings;
import convoy.zoo.Engine;
import convoy.zoo.Engines;
import convoy.zoo.engine.Precision;

/** The section {@code engine}. */
public final class EngineKeys {
  public static final Key<String> NAME =
      Key.of(
              "name",
              Kinds.word(Engines.names(), Engines.oldNames()),
              "auto",
              "The engine: compiled plans of oneDNN primitives, or ND4J's operations.")
          .resolvedAtStart();
  public static final Key<String> PRECISION =
      Key.of(
          "precision",
          Kinds.word(Precision.names()),
          Precision.FLOAT32.toString(),
          "The numbers in which convolutions and products are computed.");
  static final Keys KEYS = Keys.of(NAME, PRECISION);

  private EngineKeys() {}

  /** The engine that a section names. */
  public static Engine engine(Settings engine) {
    return Engines.named(engine.get(NAME));
  }

  public static Precision precision(Settings engine) {
    return Precision.of(engine.get(PRECISION));
  }
}
