package convoy.zoo.natives;

import convoy.zoo.engine.EngineException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once a process, for each setting, what a {@link ProcessEnvironment} costs. */
public final class EnvironmentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentCheck.class);

  private EnvironmentCheck() {}

  /** For a process that reads local files. */
  public static void beforeFiles() {
    warn(ProcessEnvironment.ofThisProcess().fileNames());
  }

  /**
   * For a process that opens a network of so many native threads; {@code Engines} calls it, and who
   * trains without them.
   *
   * @throws EngineException where it would compute wrong results or crash
   */
  public static void beforeNetwork(int threads) {
    ProcessEnvironment environment = ProcessEnvironment.ofThisProcess();
    String refusal = environment.refusal(threads);
    if (refusal != null) {
      throw new EngineException(refusal);
    }

    warn(environment.warnings(threads));
  }

  private static void warn(Map<String, String> lines) {
    lines.forEach(
        (setting, line) -> {
          // A system property, as this class may be loaded more than once in a process.
          if (System.setProperty("convoy.warned." + setting, "true") == null) {
            LOG.warn("{}", line);
          }
        });
  }
}
