package convoy.jobs.command;

import convoy.data.image.Picture;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.simulate.Border;
import convoy.jobs.simulate.ConvolutionSimulation;
import convoy.jobs.simulate.Drawing;
import convoy.jobs.simulate.Filters;
import convoy.jobs.simulate.Planes;
import convoy.zoo.graph.LayerArithmetic;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy simulate convolution} runs one convolution layer on one picture. */
@Command(
    name = "convolution",
    sortOptions = false,
    description =
        "Slide a kernel or random filters over a picture. Write input, kernels and result as PNG,"
            + " and show the arithmetic of the layer.")
public final class SimulateConvolutionCommand implements Callable<ExitCode> {
  private static final int KERNEL_SCALE = 24;

  private enum Activation {
    NONE,
    RELU
  }

  @Mixin private SimulationFiles files;

  @Option(
      names = "--kernel",
      paramLabel = "K",
      description =
          "identity, sobel-x, sobel-y, laplace, sharpen, blur or emboss, or rows of numbers such as"
              + " '1 0 -1; 2 0 -2; 1 0 -1'. The kernel is applied to each channel separately.")
  private String kernel;

  @Option(
      names = "--filters",
      paramLabel = "N",
      description = "Use N random filters over all channels, as in a layer, instead of --kernel.")
  private Integer filters;

  @Option(
      names = "--kernel-size",
      paramLabel = "F",
      defaultValue = "3",
      description = "Side of the random filters (default: ${DEFAULT-VALUE}).")
  private int kernelSize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the random filters (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--strides",
      paramLabel = "S",
      defaultValue = "1",
      description = "Pixels from one window to the next (default: ${DEFAULT-VALUE}).")
  private int strides;

  @Option(
      names = "--padding",
      paramLabel = "P",
      defaultValue = "valid",
      description = "valid or same (default: ${DEFAULT-VALUE}).")
  private Border padding;

  @Option(
      names = "--activation",
      paramLabel = "A",
      defaultValue = "none",
      description = "none or relu (default: ${DEFAULT-VALUE}).")
  private Activation activation;

  @Option(
      names = "--at",
      paramLabel = "X,Y",
      description = "Show the sum of the first filter at this place of the result.")
  private String at;

  @Override
  public ExitCode call() throws IOException {
    check();
    Planes input = files.read();
    ConvolutionSimulation layer =
        new ConvolutionSimulation(weights(input), strides, padding, relu());
    Planes result;
    try {
      result = layer.apply(input);
    } catch (IllegalArgumentException wrong) {
      throw UserException.usage(wrong.getMessage());
    }

    String sum = at == null ? "" : written(layer, input, result);
    System.out.print(arithmetic(layer, input, result) + sum);
    files.write("input.png", Drawing.pixels(input), "the picture");
    for (int filter = 0; filter < layer.filters().count(); filter++) {
      files.write(
          "kernel-%02d.png".formatted(filter + 1),
          draw(layer.filters().planes(filter)),
          "its weights: the smallest is black, the largest white");
    }

    files.write(
        "result.png",
        result.channels() == 3 ? Drawing.stretched(result, 1) : Drawing.tiles(result.split(), 1),
        String.format(
            Locale.ROOT,
            "%s, %.4g black to %.4g white",
            result,
            result.least(),
            result.greatest()));
    return ExitCode.DONE;
  }

  private static Picture draw(Planes filter) {
    return filter.channels() == 3
        ? Drawing.stretched(filter, KERNEL_SCALE)
        : Drawing.tiles(filter.split(), KERNEL_SCALE);
  }

  private void check() {
    if ((kernel == null) == (filters == null)) {
      throw UserException.usage("give either --kernel or --filters");
    }

    if (strides < 1 || kernelSize < 1 || (filters != null && (filters < 1 || filters > 1024))) {
      throw UserException.usage(
          "--strides %d, --kernel-size %d, --filters %s: sizes are at least 1, filters at most 1024"
              .formatted(strides, kernelSize, filters));
    }
  }

  private Filters weights(Planes input) {
    try {
      return filters == null
          ? Filters.kernel(kernel)
          : Filters.random(filters, input.channels(), kernelSize, seed);
    } catch (IllegalArgumentException wrong) {
      throw UserException.usage(wrong.getMessage());
    }
  }

  private boolean relu() {
    return activation == Activation.RELU;
  }

  private String arithmetic(ConvolutionSimulation layer, Planes input, Planes result) {
    Filters weights = layer.filters();
    int size = weights.size();
    StringBuilder text = new StringBuilder();
    text.append("input       %s%n".formatted(input));
    text.append(
        layer.isForEachChannel(input)
            ? "kernel      %d x %d, for each channel separately%n".formatted(size, size)
            : "filters     %d of %d x %d x %d%n"
                .formatted(weights.count(), weights.channels(), size, size));
    text.append("stride      %d, padding %s%n".formatted(strides, padding));
    text.append("width       %s%n".formatted(padding.formula(input.width(), size, strides)));
    text.append("output      %s%n".formatted(result));
    text.append(
        String.format(
            Locale.ROOT,
            "parameters  F * F * D1 * K + K = %d * %d * %d * %d + %d = %,d%n",
            size,
            size,
            weights.channels(),
            weights.count(),
            weights.count(),
            LayerArithmetic.convolutionParameters(size, weights.channels(), weights.count())));
    return text.toString();
  }

  private String written(ConvolutionSimulation layer, Planes input, Planes result) {
    String[] numbers = at.split(",", -1);
    try {
      int x = Integer.parseInt(numbers[0].strip());
      int y = Integer.parseInt(numbers[1].strip());
      if (numbers.length == 2 && x >= 0 && x < result.width() && y >= 0 && y < result.height()) {
        return layer.explain(input, 0, y, x);
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
      // The error below covers this case.
    }

    throw UserException.usage(
        "--at %s: give X,Y from 0,0 to %d,%d"
            .formatted(at, result.width() - 1, result.height() - 1));
  }
}
