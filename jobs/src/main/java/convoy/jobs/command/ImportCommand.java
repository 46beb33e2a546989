package convoy.jobs.command;

import convoy.data.pipeline.Preprocessing.ChannelOrder;
import convoy.jobs.base.ExitCode;
import convoy.jobs.importing.ImportJob;
import convoy.jobs.importing.ImportOptions;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.importing.LayerMap;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy import} makes a model of the weights of another program. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Make a model of weights that another program trained: a Keras HDF5 file, safetensors with"
          + " torchvision's or Convoy's names, or npz with Convoy's or Caffe's names.",
      "Every tensor must match a parameter of the network by name and shape. The input of the"
          + " network is (pixel in 0..255 * scale - mean) / std."
    })
public final class ImportCommand implements Callable<ExitCode> {
  @Option(
      names = "--from",
      required = true,
      paramLabel = "FORMAT",
      description = "keras, safetensors or npz.")
  private String from;

  @Option(
      names = "--architecture",
      required = true,
      paramLabel = "NAME",
      description = "Name of the network; convoy models lists all.")
  private String architecture;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "FILE",
      description = "File of the weights.")
  @InputPath(file = true)
  private String in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "Folder of the model. It must be new or empty.")
  @OutputPath
  private String out;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description =
          "Which arithmetic the weights belong to where names and shapes fit several networks:"
              + " paper, caffe or caffenet for alexnet; paper or caffe for squeezenet-1.0. Without"
              + " it, import takes the paper's and warns.")
  private String convention;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description =
          "Names of the classes in the order of their labels, one on each line: a name, or a name"
              + " and its words as in synset_words.txt. Without it the classes have no names, and"
              + " the model fits any dataset with as many classes.")
  @InputPath(file = true)
  private String classes;

  @Option(
      names = "--scale",
      paramLabel = "S",
      defaultValue = "1",
      description = "Factor that each pixel is multiplied by; default: ${DEFAULT-VALUE}.")
  private double scale;

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      defaultValue = "0",
      description =
          "Mean, subtracted after scaling: one number, or one for each channel in the network's"
              + " order; default: ${DEFAULT-VALUE}.")
  private List<Double> mean;

  @Option(
      names = "--std",
      paramLabel = "X",
      split = ",",
      defaultValue = "1",
      description =
          "Deviation, the divisor after the mean is subtracted; default: ${DEFAULT-VALUE}.")
  private List<Double> std;

  @Option(
      names = "--channel-order",
      paramLabel = "ORDER",
      defaultValue = "rgb",
      description = "Order of the channels: rgb or bgr (Caffe); default: ${DEFAULT-VALUE}.")
  private ChannelOrder channelOrder;

  @Option(
      names = "--resize",
      paramLabel = "PX|WxH",
      description =
          "PX: length of the short side, at the same aspect ratio; WxH: exact width and height.")
  private String resize;

  @Option(
      names = "--crop",
      paramLabel = "PX",
      description =
          "Side of the square that is cut from the middle; default: the input size. Without"
              + " --resize and --crop the short side is resized to the input size.")
  private Integer crop;

  @Option(
      names = "--input-size",
      paramLabel = "PX",
      description =
          "Side of the network's input; default: --crop, the size in FILE, or the paper's.")
  private Integer inputSize;

  @Mixin private WideOption wide;

  @Override
  public ExitCode call() throws IOException {
    ImportJob.Result result =
        ImportJob.run(
            HadoopSettings.local().configuration(),
            new ImportOptions(
                from,
                architecture,
                convention,
                in,
                out,
                classes,
                scale,
                mean,
                std,
                channelOrder,
                resize,
                crop,
                inputSize));
    System.out.print(text(result, wide.columns()));
    result.warning().ifPresent(warning -> System.err.println("convoy import: warning: " + warning));
    return ExitCode.DONE;
  }

  private static String text(ImportJob.Result result, int columns) {
    TextTable table = new TextTable("tensor", "shape", "parameter", "shape", "change");
    long count = 0;
    for (LayerMap.Row row : result.map().rows()) {
      table.row(
          row.source().name(),
          shape(row.source().shape()),
          row.target().name(),
          shape(row.target().shape()),
          row.source().view().words());
      count += row.target().size();
    }

    return """
        %s
        %s of %s parameters written to %s
        input    %s
        crop     %s
        classes  %s, %s
        """
        .formatted(
            table.fit(columns, 4, 3, 1, 0),
            result.description().architecture(),
            TextTable.number(count),
            result.path(),
            result.preprocessing().toJson(),
            result.torchvision()
                ? "half of an odd rest is rounded to even, as in torchvision"
                : "half of an odd rest is rounded down, as in Caffe",
            TextTable.number(result.description().classes().size()),
            result.description().named()
                ? "named"
                : "without names: the model fits any dataset with as many classes");
  }

  private static String shape(List<Integer> shape) {
    return shape.stream()
        .map(side -> String.format(Locale.ROOT, "%d", side))
        .collect(Collectors.joining(" x "));
  }
}
