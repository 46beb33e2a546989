package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.Manifest;
import convoy.data.dataset.Manifests;
import convoy.jobs.Main;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.recipe.EngineKeys;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.spark.HadoopSettings;
import convoy.jobs.spark.SparkSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Jobs on drawn pictures, and a local Spark for their rounds. */
record DrawnJobs(
    SparkSession session,
    HadoopSettings hadoop,
    org.apache.hadoop.fs.Path dataset,
    Manifest manifest)
    implements AutoCloseable {

  /** Draws four classes and opens Spark with some options more. */
  static DrawnJobs open(
      Path folder, int perClass, int size, String master, Map<String, String> spark)
      throws IOException {
    Path pictures = folder.resolve("pictures");
    Path dataset = folder.resolve("dataset");
    System.setProperty("spark.master", master);
    assertThat(
            Main.run(
                "generate",
                "--out=" + pictures,
                "--classes=4",
                "--per-class=" + perClass,
                "--size=" + size))
        .isZero();
    assertThat(Main.run("prepare", "--source=folder", "--in=" + pictures, "--out=" + dataset))
        .isZero();
    SparkSession session = SparkSessions.open("rounds", spark);
    HadoopSettings hadoop = HadoopSettings.of(session.sparkContext().hadoopConfiguration());
    org.apache.hadoop.fs.Path at = new org.apache.hadoop.fs.Path(dataset.toUri());
    return new DrawnJobs(session, hadoop, at, Manifests.read(hadoop.configuration(), at));
  }

  /** The job of a recipe, which gives the network and whatever isn't a default. */
  TrainingJob job(String yaml, List<String> overrides) {
    Recipe read = Recipes.read(yaml, overrides);
    int batch = read.training().get(TrainingKeys.BATCH_SIZE_PER_WORKER);
    Integer part = read.training().get(TrainingKeys.MICRO_BATCH);
    String engine = read.engine().get(EngineKeys.NAME);
    EffectiveRecipe recipe =
        read.effective(3, 1, part == null ? batch : part, engine.equals("auto") ? "plan" : engine);
    Normalization pixels = Normalization.of(recipe, manifest.statistics());
    return new TrainingJob("test", recipe, dataset.toString(), manifest, pixels, hadoop);
  }

  JavaSparkContext spark() {
    return new JavaSparkContext(session.sparkContext());
  }

  @Override
  public void close() {
    System.clearProperty("spark.master");
    session.close();
  }
}
