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
import picocli.CommandLine.Option;

/** {@code convoy import}: weights of another program as a model. */
@Command(
    name = "import",
    sortOptions = false,
    description = {
      "Make a model of weights that another program trained: Keras' HDF5 files, safetensors under"
          + " torchvision's names or Convoy's, npz under Convoy's names or Caffe's.",
      "Every tensor must find its place, in the right shape. The input of the network is (pixel in"
          + " 0..255 * scale - mean) / std."
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
      description = "The network, as convoy models lists it.")
  private String architecture;

  @Option(names = "--in", required = true, paramLabel = "FILE", description = "The weights.")
  @InputPath
  private String in;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "Folder of the model; new or empty.")
  @OutputPath
  private String out;

  @Option(
      names = "--classes",
      paramLabel = "FILE",
      description = {
        "Names of the classes in the order of their labels, one a line: a name, or a name and its"
            + " words as in synset_words.txt.",
        "Without it the classes have no names, and fit any dataset with as many."
      })
  @InputPath
  private String classes;

  @Option(
      names = "--scale",
      paramLabel = "S",
      defaultValue = "1",
      description = "Factor of the pixels; default: ${DEFAULT-VALUE}.")
  private double scale;

  @Option(
      names = "--mean",
      paramLabel = "X",
      split = ",",
      defaultValue = "0",
      description =
          "Taken off after the scale: one number, or one a channel in the network's order;"
              + " default: ${DEFAULT-VALUE}.")
  private List<Double> mean;

  @Option(
      names = "--std",
      paramLabel = "X",
      split = ",",
      defaultValue = "1",
      description = "Divided by after the mean; default: ${DEFAULT-VALUE}.")
  private List<Double> std;

  @Option(
      names = "--channel-order",
      paramLabel = "ORDER",
      defaultValue = "rgb",
      description = "rgb or bgr (Caffe); default: ${DEFAULT-VALUE}.")
  private ChannelOrder channelOrder;

  @Option(
      names = "--resize",
      paramLabel = "PX|WxH",
      description = "PX: the short side, the aspect stays; WxH: exactly, the aspect is lost.")
  private String resize;

  @Option(
      names = "--crop",
      paramLabel = "PX",
      description =
          "Side of the middle square that is taken; default: the input size. Without --resize and"
              + " --crop the short side is resized to the input size.")
  private Integer crop;

  @Option(
      names = "--input-size",
      paramLabel = "PX",
      description = "Default: --crop, the file's if it tells one, or the paper's.")
  private Integer inputSize;

  @Override
  public ExitCode call() throws IOException {
    ImportJob.Result result =
        ImportJob.run(
            HadoopSettings.local().configuration(),
            new ImportOptions(
                from,
                architecture,
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
    System.out.print(text(result));
    return ExitCode.DONE;
  }

  private static String text(ImportJob.Result result) {
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
        classes  %s, %s
        """
        .formatted(
            table,
            result.description().architecture(),
            TextTable.number(count),
            result.path(),
            result.preprocessing().toJson(),
            TextTable.number(result.description().classes().size()),
            result.description().named()
                ? "named"
                : "without names: they fit any dataset with as many");
  }

  private static String shape(List<Integer> shape) {
    return shape.stream()
        .map(side -> String.format(Locale.ROOT, "%d", side))
        .collect(Collectors.joining(" x "));
  }
}
