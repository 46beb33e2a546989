package convoy.jobs.command;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code convoy simulate} shows what one layer or a network makes of one picture. */
@Command(
    name = "simulate",
    sortOptions = false,
    description =
        "Show what a layer or a network makes of a picture, as pictures and with its arithmetic.",
    subcommands = {
      SimulateConvolutionCommand.class,
      SimulatePoolingCommand.class,
      SimulateNetworkCommand.class
    })
public final class SimulateCommand implements Callable<ExitCode> {
  @Override
  public ExitCode call() {
    throw UserException.usage("simulate needs a subcommand: give convolution, pooling or network");
  }
}
