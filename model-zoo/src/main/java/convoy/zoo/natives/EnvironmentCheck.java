package convoy.zoo.natives;

import convoy.zoo.engine.EngineException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what is wrong with a {@link ProcessEnvironment} and what it costs, once for each setting
 * in a process.
 */
public final class EnvironmentCheck {
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentCheck.class);

  private EnvironmentCheck() {}

  /** Checks the settings of a process that reads local files. */
  public static void beforeFiles() {
    warn(ProcessEnvironment.ofThisProcess().fileNames());
  }

  /**
   * Checks the settings of a process that opens a network with so many native threads. {@code
   * Engines} calls it, and so does code that trains without {@code Engines}.
   *
   * @throws EngineException when the process would compute wrong results or crash
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
          // This is a system property because a process may load this class more than once.
          if (System.setProperty("convoy.warned." + setting, "true") == null) {
            LOG.warn("{}", line);
          }
        });
  }
}
