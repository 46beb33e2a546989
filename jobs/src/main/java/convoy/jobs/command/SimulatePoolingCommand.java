package convoy.jobs.command;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.simulate.Border;
import convoy.jobs.simulate.Drawing;
import convoy.jobs.simulate.Planes;
import convoy.jobs.simulate.PoolingSimulation;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy simulate pooling} runs one pooling layer on one picture. */
@Command(
    name = "pooling",
    sortOptions = false,
    description =
        "Pool a picture. Write input and result as PNG, and show the arithmetic of the layer.")
public final class SimulatePoolingCommand implements Callable<ExitCode> {
  @Mixin private SimulationFiles files;

  @Option(
      names = "--pool-size",
      paramLabel = "N",
      defaultValue = "2",
      description = "Side of a window (default: ${DEFAULT-VALUE}).")
  private int poolSize;

  @Option(
      names = "--strides",
      paramLabel = "S",
      description = "Pixels from one window to the next (default: the pool size).")
  private Integer strides;

  @Option(
      names = "--padding",
      paramLabel = "P",
      defaultValue = "valid",
      description = "valid or same (default: ${DEFAULT-VALUE}).")
  private Border padding;

  @Option(
      names = "--mode",
      paramLabel = "M",
      defaultValue = "max",
      description = "max or average (default: ${DEFAULT-VALUE}).")
  private PoolingSimulation.Mode mode;

  @Override
  public ExitCode call() throws IOException {
    int stride = strides == null ? poolSize : strides;
    if (poolSize < 1 || stride < 1) {
      throw UserException.usage(
          "--pool-size %d, --strides %d: both are at least 1".formatted(poolSize, stride));
    }

    Planes input = files.read();
    Planes result;
    try {
      result = new PoolingSimulation(mode, poolSize, stride, padding).apply(input);
    } catch (IllegalArgumentException wrong) {
      throw UserException.usage(wrong.getMessage());
    }

    System.out.printf("input       %s%n", input);
    System.out.printf(
        "pool        %s of %d x %d, stride %d, padding %s%n",
        mode, poolSize, poolSize, stride, padding);
    System.out.printf("width       %s%n", padding.formula(input.width(), poolSize, stride));
    System.out.printf("output      %s%n", result);
    System.out.println("parameters  0");
    files.write("input.png", Drawing.pixels(input), "the picture");
    files.write("result.png", Drawing.pixels(result), result.toString());
    return ExitCode.DONE;
  }
}
