package convoy.jobs.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.generate.Generator;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convoy generate} draws pictures to try Convoy with. */
@Command(
    name = "generate",
    sortOptions = false,
    description =
        "Draw JPEG pictures into class folders: DIR/train/CLASS, and a fifth as many into"
            + " DIR/val/CLASS. The same arguments give the same bytes.")
public final class GenerateCommand implements Callable<ExitCode> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Local folder to write to.")
  @OutputPath
  private Path out;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of classes, at least 2 (default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      defaultValue = "100",
      description = "Training pictures of each class (default: ${DEFAULT-VALUE}).")
  private int perClass;

  @Option(
      names = "--size",
      paramLabel = "PX",
      defaultValue = "48",
      description = "Width and height of a picture in pixels (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the random numbers (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--overwrite",
      description = "Replace train/ and val/ of DIR, whatever they contain.")
  private boolean overwrite;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public ExitCode call() throws IOException {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("classes", classes);
    arguments.put("perClass", perClass);
    arguments.put("size", size);
    arguments.put("seed", seed);
    GeneratedFolder folder = new GeneratedFolder(out, arguments);
    try {
      Generator.check(classes, perClass, size);
    } catch (IllegalArgumentException wrong) { // Before anything is deleted.
      throw UserException.usage(wrong.getMessage());
    }

    if (folder.isFinished() && Generator.isWhole(out, classes, perClass) && !overwrite) {
      print("nothing to do, these pictures are already in", folder.result());
      return ExitCode.DONE;
    }

    folder.begin(overwrite);
    Generator.Generated generated = Generator.write(out, classes, perClass, size, seed);
    Map<String, Object> result = new LinkedHashMap<>(arguments);
    result.put("trainPictures", generated.trainPictures());
    result.put("valPictures", generated.valPictures());
    folder.finish(result);
    print("pictures drawn into", result);
    return ExitCode.DONE;
  }

  private void print(String what, Map<String, Object> result) throws IOException {
    System.out.println(
        json
            ? new ObjectMapper().writeValueAsString(result)
            : "%s %s: %s classes, train %s, val %s"
                .formatted(
                    what,
                    out,
                    result.get("classes"),
                    result.get("trainPictures"),
                    result.get("valPictures")));
  }
}
