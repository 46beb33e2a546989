package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.files.Storage;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.engine.Network;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.format.OnnxModel;
import convoy.zoo.format.Safetensors;
import convoy.zoo.importing.TorchvisionNames;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy export} writes a model for other programs. */
@Command(
    name = "export",
    sortOptions = false,
    description =
        "Write a model as ONNX, or its weights as safetensors. The ONNX model gives probabilities"
            + " and logits for any batch size, and its metadata hold the preprocessing. A"
            + " safetensors file has torchvision's names where torchvision has the network. An"
            + " existing FILE is replaced.")
public final class ExportCommand implements Callable<ExitCode> {
  private enum Names {
    TORCHVISION,
    CONVOY
  }

  private enum Format {
    ONNX,
    SAFETENSORS
  }

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Folder of a model, or of the run of convoy train that made it.")
  @InputPath(folder = true)
  private String model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "onnx or safetensors.")
  private Format to;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file to write.")
  @OutputPath(file = true)
  private String out;

  @Option(
      names = "--names",
      paramLabel = "NAMES",
      description =
          "Names of the tensors in safetensors: torchvision or convoy; default: torchvision where"
              + " torchvision has the same network, else convoy.")
  private Names names;

  @Override
  public ExitCode call() throws IOException {
    Configuration configuration = HadoopSettings.local().configuration();
    ModelFolder folder = ModelFolder.open(configuration, new Path(model));
    Map<String, String> torchvision = torchvision(folder);
    Path file = new Path(out);
    Path whole = Storage.of(configuration, file).makeQualified(file);
    try (Network network = folder.network("auto", 1, 1)) {
      HadoopFiles.write(
          configuration,
          whole,
          stream -> {
            if (to == Format.ONNX) {
              OnnxModel.write(
                  stream, folder.graph(), network.layout(), network.parameters(), metadata(folder));
            } else {
              Safetensors.write(
                  stream,
                  torchvision.isEmpty()
                      ? network.layout()
                      : TorchvisionNames.renamed(network.layout(), torchvision),
                  network.parameters());
            }
          });
    }

    System.out.printf(
        "%s written as %s%s to %s%n",
        folder.description().architecture(),
        to.name().toLowerCase(Locale.ROOT),
        torchvision.isEmpty() ? "" : " with torchvision's names",
        whole);
    return ExitCode.DONE;
  }

  /** Torchvision's name of each parameter; empty if Convoy's own names are written. */
  private Map<String, String> torchvision(ModelFolder folder) {
    if (to == Format.ONNX) {
      if (names != null) {
        throw UserException.usage(
            "--names works with --to safetensors only; leave it out, as ONNX has Convoy's names");
      }

      return Map.of();
    }

    Map<String, String> known = TorchvisionNames.of(folder.graph());
    if (names == Names.TORCHVISION && known.isEmpty()) {
      throw UserException.usage(
          "torchvision has no names for %s; leave --names out"
              .formatted(folder.description().architecture()));
    }

    return names == Names.CONVOY ? Map.of() : known;
  }

  private static Map<String, String> metadata(ModelFolder folder) throws IOException {
    ModelDescription description = folder.description();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("convoy", ConvoyVersion.current());
    metadata.put("architecture", description.architecture());
    metadata.put("preprocessing", folder.preprocessing().toJson().toString());
    metadata.put("classes", new ObjectMapper().writeValueAsString(description.classes()));
    return metadata;
  }
}
