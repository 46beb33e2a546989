package convoy.jobs.command;

import convoy.jobs.UserException;
import convoy.zoo.engine.Engines;
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
      Engines.check("auto", precision);
      return precision;
    } catch (IllegalArgumentException problem) {
      throw UserException.usage("--precision " + name + ": " + problem.getMessage());
    }
  }
}
