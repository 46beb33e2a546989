package convoy.jobs;

import convoy.jobs.base.ExitCode;
import java.util.List;

/**
 * Runs the usual way from pictures to predictions once, in one JVM. The build archives the classes
 * that this loads: {@code scripts/class-archive}.
 */
final class Rehearsal {
  private Rehearsal() {}

  /**
   * Runs the commands.
   *
   * @param arguments a recipe, and an empty folder for everything that the commands write
   */
  public static void main(String[] arguments) {
    String recipe = arguments[0];
    String folder = arguments[1];
    String pictures = folder + "/pictures";
    String dataset = folder + "/dataset";
    String run = folder + "/run";
    List<String[]> commands =
        List.of(
            new String[] {
              "generate", "--out=" + pictures, "--classes=10", "--per-class=5", "--size=40"
            },
            new String[] {"prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset},
            new String[] {
              "train",
              "--recipe=" + recipe,
              "--data=" + dataset,
              "--out=" + run,
              "--set=training.epochs=2",
              "--set=sync.interval=1"
            },
            new String[] {"evaluate", "--model=" + run, "--data=" + dataset},
            new String[] {
              "score", "--model=" + run, "--in=" + pictures + "/val", "--out=" + folder + "/scores"
            });
    for (String[] command : commands) {
      int code = Main.run(command);
      if (code != ExitCode.DONE.code()) {
        throw new IllegalStateException(
            String.join(" ", command) + " ended with exit code " + code);
      }
    }
  }
}
