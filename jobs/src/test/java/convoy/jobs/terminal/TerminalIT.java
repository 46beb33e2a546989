package convoy.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.jobs.ConsoleCapture;
import convoy.jobs.cluster.ConvoyProcess;
import convoy.jobs.cluster.Finished;
import convoy.jobs.network.UntrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands at a pseudo-terminal, which Python makes. */
class TerminalIT {
  private static final Path PYTHON_PART = Path.of("src/test/python/terminal.py");
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern DRAWN = Pattern.compile("\u001b\\[\\?7l(.*?)\u001b\\[\\?7h");
  private static final Pattern RESIZED = Pattern.compile("\0(\\d+)\0");

  private static final int INTERRUPT = 2;
  private static final int TERMINATE = 15;

  private static final String RECIPE =
      """
      model: {name: lenet5-modern, inputSize: 32, inputChannels: 3}
      data: {train: [{flip: horizontal}], evaluation: [{centerCrop: 32}]}
      schedule: {name: constant, learningRate: 0.01}
      training: {epochs: 100000, workers: 2, batchSizePerWorker: 8, seed: 7}
      sync: {interval: 2}
      """;

  @TempDir private static Path folder;

  @BeforeAll
  static void draw() throws IOException, InterruptedException {
    assumeTrue(hasPython(), "needs python3 to make a pseudo-terminal; scripts/test asks for it");
    run("generate", "--out=" + folder.resolve("pictures"), "--classes=2", "--per-class=10");
    System.setProperty("spark.master", "local[2]");
    try {
      run("prepare", "--source=folder", "--in=" + folder.resolve("pictures"), "--out=" + dataset());
    } finally {
      System.clearProperty("spark.master");
    }
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static void run(String... arguments) {
    ConsoleCapture console = ConsoleCapture.of(arguments);
    assertThat(console.exitCode()).as(console.err()).isZero();
  }

  private static Path dataset() {
    return folder.resolve("dataset");
  }

  @Test
  void aTrainingIsOneLineInEveryWindowAndEndsWithOneLine() throws Exception {
    Path run = folder.resolve("run");
    Path recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    Finished train =
        atTerminal(
            Map.of("TERM", "xterm"),
            List.of("200", "top-1=80", "top-1=60", "top-1=200", "  epoch =INT"),
            "train",
            "--recipe=" + recipe,
            "--data=" + dataset(),
            "--out=" + run);

    assertThat(lastLine(train, INTERRUPT))
        .matches(
            "convoy train: stopped after round \\d+; continue with: convoy train --resume --out "
                + run);
    assertThat(screen(train.out(), 200)).noneMatch(row -> row.contains("images/s"));
    assertThat(train.out()).doesNotContainPattern("\u001b\\[[0-9;]*m");
    assertThat(DRAWN.matcher(train.out()).results().map(drawn -> drawn.group(1)))
        .anyMatch(line -> line.startsWith("working"))
        .anyMatch(line -> line.startsWith("starting Spark"))
        .anyMatch(line -> line.startsWith("compiling the network"))
        .anyMatch(line -> line.matches("\\[#*\\.*] .* left .* images/s  loss .*top-1 .*epoch .*"));
    assertThat(Files.readString(run.resolve("status.json"))).contains("\"state\":\"stopped\"");
  }

  @Test
  void aPrepareThatIsTerminatedNamesTheCommandThatGoesOn() throws Exception {
    Path pictures = folder.resolve("pictures");
    Path out = folder.resolve("interrupted");
    Finished prepare =
        atTerminal(
            Map.of("TERM", "xterm"),
            List.of("80", "stage=list=TERM"),
            "prepare",
            "--source=folder",
            "--in=" + pictures,
            "--overwrite",
            "--out=" + out);

    assertThat(lastLine(prepare, TERMINATE))
        .startsWith("convoy prepare: stopped; continue with: convoy prepare --source=folder --in=");
  }

  /** Until the shards are written, the older dataset stays as it is. */
  @Test
  void aPrepareThatHasReplacedNothingYetIsToContinueWithOverwrite() throws Exception {
    Path pictures = folder.resolve("pictures");
    Path finished = folder.resolve("finished");
    FileUtils.copyDirectory(dataset().toFile(), finished.toFile());
    Finished prepare =
        atTerminal(
            Map.of("TERM", "xterm"),
            List.of("80", "checking the pictures=INT"),
            "prepare",
            "--source=folder",
            "--in=" + pictures,
            "--seed=2",
            "--overwrite",
            "--out=" + finished);

    assertThat(lastLine(prepare, INTERRUPT))
        .isEqualTo(
            "convoy prepare: stopped; continue with: convoy prepare --source=folder --in=%s --seed=2 --overwrite --out=%s",
            pictures, finished);
    assertThat(finished.resolve("manifest.json"))
        .hasSameBinaryContentAs(dataset().resolve("manifest.json"));
  }

  @Test
  void aScoreThatIsInterruptedNamesTheCommandThatGoesOn() throws Exception {
    Path pictures = folder.resolve("many");
    run("generate", "--out=" + pictures, "--classes=2", "--per-class=400");
    Path model = UntrainedModel.small(folder.resolve("untrained"), 1, "cat", "dog");
    Path out = folder.resolve("scores");
    Finished score =
        atTerminal(
            Map.of("TERM", "xterm"),
            List.of("80", "files scored=INT"),
            "score",
            "--model=" + model,
            "--in=" + pictures.resolve("train"),
            "--overwrite",
            "--out=" + out);

    assertThat(lastLine(score, INTERRUPT))
        .isEqualTo(
            "convoy score: stopped; continue with: convoy score --model=%s --in=%s --out=%s",
            model, pictures.resolve("train"), out);
  }

  /** The last line of a command that a signal has stopped. No error or warning stands before it. */
  private static String lastLine(Finished stopped, int signal) {
    assertThat(stopped.exitCode()).as(stopped.out()).isEqualTo(128 + signal);
    List<String> shown = screen(stopped.out(), 5000);
    assertThat(shown).noneMatch(row -> row.matches(".*( ERROR | WARN |^\\s+at |Exception).*"));
    return shown.get(shown.size() - 1);
  }

  @Test
  void aDumbTerminalGetsPlainLines() throws Exception {
    Finished inspect =
        atTerminal(Map.of("TERM", "dumb"), List.of("80"), "inspect", dataset().toString());

    assertThat(inspect.exitCode()).as(inspect.out()).isZero();
    assertThat(inspect.out()).contains("every row was read").doesNotContain("\u001b", "starting");
  }

  @Test
  void tablesFitTheWindowAndWideShowsAll() throws Exception {
    for (String columns : List.of("60", "80", "200")) {
      Finished models = atTerminal(Map.of("TERM", "xterm"), List.of(columns), "models");
      assertThat(screen(models.out(), 5000))
          .allMatch(row -> row.length() <= Integer.parseInt(columns))
          .anyMatch(row -> row.startsWith("alexnet ") && row.contains("60,965,224"));
    }

    Finished wide = atTerminal(Map.of("TERM", "xterm"), List.of("60"), "models", "--wide");
    assertThat(screen(wide.out(), 5000)).anyMatch(row -> row.contains("Krizhevsky"));
  }

  /** What a window shows in the end that has the given width until it is resized. */
  private static List<String> screen(String written, int columns) {
    Emulator window = new Emulator(columns);
    int at = 0;
    Matcher resized = RESIZED.matcher(written);
    while (resized.find()) {
      window.write(written.substring(at, resized.start()));
      window.resize(Integer.parseInt(resized.group(1)));
      at = resized.end();
    }

    // A last line that is wider than the window goes on in its next rows.
    window.resize(Integer.MAX_VALUE);
    return window.write(written.substring(at)).rows();
  }

  private static Finished atTerminal(
      Map<String, String> environment, List<String> terminal, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add("python3");
    command.add(PYTHON_PART.toAbsolutePath().toString());
    command.addAll(terminal);
    command.add("--");
    command.addAll(ConvoyProcess.command(List.of("-Xmx1g", "-Dconvoy.log.tasks=off"), arguments));
    Map<String, String> all = new HashMap<>(environment);
    all.put("CONVOY_LAUNCHER", null);
    return Finished.run(LIMIT, all, folder, command);
  }
}
