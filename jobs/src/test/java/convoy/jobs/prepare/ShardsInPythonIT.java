package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.data.generate.Generator;
import convoy.jobs.cluster.Finished;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards are plain Parquet: Python's pyarrow and pandas read what Convoy wrote. */
class ShardsInPythonIT {
  private static final String PYTHON = "CONVOY_MODELS_PYTHON";

  @TempDir private Path folder;

  @Test
  void pyarrowAndPandasReadEveryRow() throws Exception {
    String python = System.getenv(PYTHON);
    String reason = PYTHON + " names no Python: scripts/test installs one; shards are not read";
    if (python == null) {
      System.out.println("[WARNING] " + reason); // The build shows no reasons by itself.
    }

    assumeTrue(python != null, reason);
    Path pictures = folder.resolve("pictures");
    Path dataset = folder.resolve("dataset");
    Generator.write(pictures, 3, 60, 24, 7);
    assertThat(PrepareRun.folder(pictures, dataset).exitCode()).isZero();
    Finished checked =
        Finished.run(
            Duration.ofMinutes(2),
            Map.of("PYTHONDONTWRITEBYTECODE", "1"),
            Path.of("src/test/python").toAbsolutePath(),
            List.of(python, "check_shards.py", dataset.toString()));
    assertThat(checked.exits(0).out()).isEqualTo("train ok 180\nval ok 36\n");
  }
}
