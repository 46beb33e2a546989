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
          "float32 or bfloat16, which is faster but has 2 to 3 decimal digits and needs a CPU that"
              + " computes in it; default: ${DEFAULT-VALUE}.")
  private String name;

  /**
   * The precision of the option.
   *
   * @throws UserException with exit code 2 if it is unknown, or this CPU lacks it
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
