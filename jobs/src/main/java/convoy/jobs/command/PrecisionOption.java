package convoy.jobs.command;

import convoy.jobs.base.UserException;
import convoy.zoo.Engines;
import convoy.zoo.engine.Precision;
import picocli.CommandLine.Option;

/** The option {@code --precision} of commands that predict. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      defaultValue = "float32",
      description =
          "float32, or bfloat16 where the CPU has it: faster, 2 to 3 decimal digits; default:"
              + " ${DEFAULT-VALUE}.")
  private String name;

  /**
   * What was given.
   *
   * @throws UserException with exit code 2 when there is no such precision or not on this CPU
   */
  Precision precision() {
    try {
      Precision precision = Precision.of(name);
      String problem = Engines.named("auto").problem(precision);
      if (problem != null) {
        throw UserException.usage("--precision " + name + ": " + problem);
      }

      return precision;
    } catch (IllegalArgumentException unknown) {
      throw UserException.usage("--precision " + name + ": " + unknown.getMessage());
    }
  }
}
