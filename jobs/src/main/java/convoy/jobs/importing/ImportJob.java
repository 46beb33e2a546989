package convoy.jobs.importing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.files.Storage;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.zoo.Zoo;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Architecture;
import convoy.zoo.importing.Conventions;
import convoy.zoo.importing.LayerMap;
import convoy.zoo.importing.ModelImport;
import convoy.zoo.importing.WeightsFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes weights of another program as a model folder. */
public final class ImportJob {
  private ImportJob() {}

  /**
   * The written model and the tensors it was made of.
   *
   * @param torchvision whether the file has torchvision's names
   * @param warning what the file leaves open
   */
  public record Result(
      Path path,
      ModelDescription description,
      Preprocessing preprocessing,
      LayerMap map,
      boolean torchvision,
      Optional<String> warning) {}

  /**
   * Imports a file.
   *
   * @throws UserException with exit code 2 for wrong options, with exit code 3 if the file is
   *     damaged or doesn't fit
   */
  public static Result run(Configuration configuration, ImportOptions options) throws IOException {
    Architecture architecture = architecture(options);
    Path out = new Path(options.out());
    out = Storage.of(configuration, out).makeQualified(out);
    if (!HadoopFiles.isAbsentOrEmpty(configuration, out)) {
      throw UserException.usage("--out " + options.out() + " is not empty: choose another folder");
    }

    try (LocalCopy file = LocalCopy.of(configuration, new Path(options.in()));
        ModelImport weights =
            ModelImport.open(options.format(), file.path(), architecture, options.side())) {
      return write(configuration, options, out, architecture.name(), weights);
    } catch (ModelFormatException problem) {
      throw badFile(options, problem);
    } catch (UncheckedIOException problem) {
      if (problem.getCause() instanceof ModelFormatException damaged) {
        throw badFile(options, damaged);
      }

      throw problem.getCause();
    }
  }

  private static Architecture architecture(ImportOptions options) {
    if (!WeightsFormats.names().contains(options.format())) {
      throw UserException.usage(
          "--from %s is unknown; known are %s"
              .formatted(options.format(), String.join(", ", WeightsFormats.names())));
    }

    try {
      String named = Zoo.architecture(options.architecture()).name();
      return Zoo.architecture(Conventions.architecture(named, options.convention()));
    } catch (IllegalArgumentException problem) {
      throw new UserException(ExitCode.USAGE, problem.getMessage(), problem);
    }
  }

  private static Result write(
      Configuration configuration,
      ImportOptions options,
      Path out,
      String architecture,
      ModelImport weights)
      throws IOException {
    int count = weights.options().classes();
    List<ModelDescription.ClassName> classes =
        options.classes() == null
            ? ClassesFile.unnamed(count)
            : ClassesFile.read(configuration, new Path(options.classes()), count);
    Preprocessing preprocessing =
        options.preprocessing(
            weights.options().inputSize(),
            weights.options().inputChannels(),
            weights.hasTorchvisionNames());
    ObjectNode provenance = new ObjectMapper().createObjectNode();
    provenance.put("importedFrom", options.format());
    provenance.put("file", new Path(options.in()).getName());
    provenance.put("convoy", ConvoyVersion.current());
    ModelDescription description =
        new ModelDescription(
            ModelDescription.FORMAT_VERSION,
            architecture,
            weights.options(),
            classes,
            preprocessing.toJson(),
            provenance);
    ModelFolder.write(configuration, out, description, weights.layout(), weights.parameters());
    boolean told = options.convention() != null || weights.hasTorchvisionNames();
    return new Result(
        out,
        description,
        preprocessing,
        weights.map(),
        weights.hasTorchvisionNames(),
        told ? Optional.empty() : Conventions.warning(architecture));
  }

  private static UserException badFile(ImportOptions options, ModelFormatException problem) {
    return new UserException(
        ExitCode.BAD_DATA,
        "%s as %s: %s".formatted(options.in(), options.architecture(), problem.getMessage()),
        problem);
  }
}
