package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy models} lists the networks of the zoo, or the layers of one. */
@Command(
    name = "models",
    sortOptions = false,
    description = {
      "List the networks, or show the layers of one with shapes, parameters and multiply-adds.",
      "No memory is allocated for the parameters."
    })
public final class ModelsCommand implements Callable<ExitCode> {
  enum Format {
    text,
    json
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Show the layers of this network. Without NAME, all networks are listed.")
  private String name;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes; default: the paper's.")
  private Integer classes;

  @Option(
      names = "--input-size",
      paramLabel = "PX",
      description = "Height and width of the picture in pixels; default: the paper's.")
  private Integer inputSize;

  @Option(
      names = "--form",
      paramLabel = "FORM",
      description = "paper, or small (for pictures of about 32 px); default: paper.")
  private String form;

  @Option(names = "--batch-norm", description = "Add batch normalization after each convolution.")
  private boolean batchNorm;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private Format format;

  @Option(names = "--json", description = "The same as --format json.")
  private boolean json;

  @Mixin private WideOption wide;

  @Override
  public ExitCode call() throws IOException {
    boolean asJson = json || format == Format.json;
    if (name == null) {
      list(asJson);
    } else {
      layers(asJson);
    }
    return ExitCode.DONE;
  }

  private void list(boolean asJson) throws IOException {
    if (classes != null || inputSize != null || form != null || batchNorm) {
      throw UserException.usage(
          "--classes, --input-size, --form and --batch-norm need the NAME of a network");
    }
    if (asJson) {
      printJson(
          Zoo.architectures().stream()
              .map(
                  architecture ->
                      ModelTables.totals(architecture, architecture.graph(architecture.defaults())))
              .toList());
    } else {
      System.out.print(ModelTables.listText(Zoo.architectures(), wide.columns()));
    }
  }

  private void layers(boolean asJson) throws IOException {
    try {
      Architecture architecture = Zoo.architecture(name);
      Architecture.Options options = options(architecture);
      Graph graph = architecture.graph(options);
      if (asJson) {
        printJson(ModelTables.layers(architecture, graph));
      } else {
        System.out.print(ModelTables.layersText(architecture, options, graph, wide.columns()));
      }
    } catch (IllegalArgumentException problem) {
      throw new UserException(ExitCode.USAGE, problem.getMessage(), problem);
    } catch (ArithmeticException tooLarge) {
      throw new UserException(
          ExitCode.USAGE,
          name + ": a layer is too large to count; give fewer --classes or a smaller --input-size",
          tooLarge);
    }
  }

  private Architecture.Options options(Architecture architecture) {
    Architecture.Options paper = architecture.defaults();
    String chosen = form == null ? paper.form() : form;
    return new Architecture.Options(
        classes == null ? paper.classes() : classes,
        inputSize == null ? architecture.defaultInputSize(chosen) : inputSize,
        paper.inputChannels(),
        paper.dropout(),
        paper.initializer(),
        chosen,
        batchNorm);
  }

  private static void printJson(Object value) throws IOException {
    System.out.println(
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
  }
}
