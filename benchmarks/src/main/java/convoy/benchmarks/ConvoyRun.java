package convoy.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs {@code scripts/convoy train} on this machine, with one core for each worker.
 *
 * @param home the checkout
 * @param settings of the recipe, such as {@code training.epochs=3}
 */
record ConvoyRun(Path home, Path recipe, Path data, int workers, List<String> settings) {
  ConvoyRun {
    settings = List.copyOf(settings);
  }

  /**
   * Trains in a separate folder and returns the lines of its metrics.jsonl.
   *
   * @throws IllegalStateException with the last lines of its log if it fails
   */
  List<String> metrics() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench-train-");
    Path log = folder.resolve("log");
    try {
      Process process =
          new ProcessBuilder(command(folder.resolve("run")))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      int exit;
      try {
        exit = process.waitFor();
      } finally {
        process.destroy();
      }

      if (exit != 0) {
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        throw new IllegalStateException(
            "convoy train ended with %d:%n%s"
                .formatted(
                    exit,
                    String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()))));
      }

      return Files.readAllLines(folder.resolve("run/metrics.jsonl"), StandardCharsets.UTF_8);
    } finally {
      delete(folder);
    }
  }

  private List<String> command(Path run) {
    List<String> command =
        new ArrayList<>(
            List.of(
                home.resolve("scripts/convoy").toString(),
                "--master",
                "local[" + workers + "]",
                "train",
                "--recipe",
                recipe.toString(),
                "--data",
                data.toString(),
                "--out",
                run.toString()));
    settings.forEach(setting -> command.addAll(List.of("--set", setting)));
    return command;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (var files = Files.walk(folder)) {
      all = new ArrayList<>(files.toList());
    }

    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }
}
