package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.command.InputPath;
import convoy.jobs.command.OutputPath;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class PathArgumentsTest {
  /**
   * Texts that are not paths. The inputs of score are plain names, in which a colon is a letter.
   */
  private static final String[] NO_PATHS = {
    "evaluate --crops",
    "evaluate --precision",
    "evaluate --split",
    "import --architecture",
    "import --convention",
    "import --from",
    "import --resize",
    "models --form",
    "models NAME",
    "prepare --source",
    "score --format",
    "score --in",
    "score --precision",
    "simulate convolution --at",
    "simulate convolution --kernel",
    "train --set",
  };

  private static Map<String, Field> texts() {
    Map<String, Field> texts = new TreeMap<>();
    Main.commandLine().getSubcommands().values().forEach(command -> add(command, texts));
    return texts;
  }

  private static void add(CommandLine command, Map<String, Field> texts) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      List<Class<?>> types = List.of(argument.auxiliaryTypes());
      if (types.contains(String.class) || types.contains(Path.class)) {
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^convoy ", "");
        texts.put(name + " " + PathArguments.name(argument), (Field) argument.userObject());
      }
    }

    command.getSubcommands().values().forEach(inner -> add(inner, texts));
  }

  @Test
  void everyTextArgumentSaysWhetherItIsAPathToReadOrToWriteOrStandsInTheListOfOthers() {
    Map<String, Field> texts = texts();
    assertThat(texts).hasSizeGreaterThan(NO_PATHS.length);
    texts
        .values()
        .removeIf(
            field ->
                field.isAnnotationPresent(InputPath.class)
                    || field.isAnnotationPresent(OutputPath.class));
    assertThat(texts)
        .as("annotate a path with @InputPath or @OutputPath, or add the argument to the list")
        .containsOnlyKeys(NO_PATHS);
  }

  @Test
  void whatIsLabelledFileRefusesAFolder() {
    List<String> files = new ArrayList<>();
    Main.commandLine().getSubcommands().values().forEach(command -> addFiles(command, files));
    // It says it in its own words.
    assertThat(files).containsExactly("train --recipe");
  }

  private static void addFiles(CommandLine command, List<String> files) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      Field field = (Field) argument.userObject();
      InputPath input = field.getAnnotation(InputPath.class);
      OutputPath output = field.getAnnotation(OutputPath.class);
      if (argument.paramLabel().equals("FILE")
          && (input == null || !input.file())
          && (output == null || !output.file())) {
        String name = command.getCommandSpec().qualifiedName().replaceFirst("^convoy ", "");
        files.add(name + " " + PathArguments.name(argument));
      }
    }

    command.getSubcommands().values().forEach(inner -> addFiles(inner, files));
  }

  @Test
  void aFolderThatIsNotThereAFileAndALineBreakAreOneLineBeforeSparkStarts(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "a: 1");
    for (String[] wrong :
        new String[][] {
          {"3", "DATASET nowhere doesn't exist: check the path", "inspect", "nowhere"},
          {"3", "DATASET " + file + " is a file: name a folder", "inspect", file.toString()},
          {"3", "--model nowhere doesn't exist", "evaluate", "--model=nowhere", "--data=" + folder},
          {"3", "--in " + folder + " is a folder", "import", "--from=keras", "--in=" + folder},
          {"2", "--data a\\nb has a line break", "evaluate", "--model=" + folder, "--data=a\nb"},
          {"2", "--split test: no such split; known: train, val", "evaluate", "--split=test"},
        }) {
      List<String> arguments = new ArrayList<>(List.of(wrong).subList(2, wrong.length));
      if (wrong[2].equals("import")) {
        arguments.addAll(List.of("--architecture=lenet5", "--out=z"));
      } else if (arguments.contains("--split=test")) {
        arguments.addAll(List.of("--model=" + folder, "--data=" + folder));
      }

      ConsoleCapture run = ConsoleCapture.of(arguments.toArray(String[]::new));
      assertThat(run.err()).contains(wrong[1]).hasLineCount(1);
      assertThat(run.exitCode()).as(run.err()).isEqualTo(Integer.parseInt(wrong[0]));
    }
  }

  @Test
  void aPathThatCannotBeUsedIsOneLineInEveryCommandThatReadsOrWritesIt(@TempDir Path folder)
      throws IOException, InterruptedException {
    String tooLong = folder.resolve("x".repeat(300)).toString();
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    for (String[] wrong :
        new String[][] {
          {tooLong, "generate", "--classes=2", "--per-class=1", "--out=" + tooLong},
          {tooLong, "simulate", "pooling", "--image=" + tooLong, "--out=" + folder.resolve("s")},
          {"" + pipe, "export", "--model=" + folder, "--to=onnx", "--out=" + pipe},
          {"" + pipe, "inspect", "--picture=" + pipe, "" + folder},
          {
            "http",
            "import",
            "--from=npz",
            "--architecture=lenet5",
            "--in=" + pipe,
            "--out=http://h/x"
          },
        }) {
      ConsoleCapture run = ConsoleCapture.of(Arrays.copyOfRange(wrong, 1, wrong.length));
      assertThat(run.err()).contains(wrong[0]).hasLineCount(1).doesNotContain("bug");
      assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    }
  }

  @Test
  void noResultReplacesAFileOfADatasetModelOrRun(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("train"));
    for (String name :
        List.of("model.json", "weights.safetensors", "manifest.json", "train/part-0.parquet")) {
      String file = Files.writeString(folder.resolve(name), "kept").toString();
      for (String[] command :
          new String[][] {
            {"export", "--model=" + folder, "--to=safetensors", "--out=" + file},
            {"inspect", "" + folder, "--picture=" + file}
          }) {
        ConsoleCapture run = ConsoleCapture.of(command);
        assertThat(run.err())
            .contains(file + " is a file of a dataset, model, run or scores: name another")
            .hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
      }

      assertThat(folder.resolve(name)).hasContent("kept");
    }
  }

  @Test
  void whatIsNamedOutIsCheckedForWriting() {
    Map<String, Field> texts = texts();
    texts.keySet().removeIf(name -> !name.endsWith(" --out"));
    assertThat(texts).hasSizeGreaterThan(7);
    assertThat(texts.values()).allMatch(field -> field.isAnnotationPresent(OutputPath.class));
  }
}
