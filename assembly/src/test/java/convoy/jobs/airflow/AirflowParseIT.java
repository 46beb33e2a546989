package convoy.jobs.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AirflowParseIT {
  private static final String PRINT_DAGS =
      """
      from pathlib import Path
      folder = Path("%s")
      try:
          from airflow.dag_processing.dagbag import BundleDagBag
          bag = BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
      except ImportError:  # Airflow 2
          from airflow.models import DagBag
          bag = DagBag(folder)
      for dag in sorted(bag.dags.values(), key=lambda dag: dag.dag_id):
          tasks = [(t.task_id, sorted(t.downstream_task_ids)) for t in dag.topological_sort()]
          print(dag.dag_id, tasks, {t.retries for t in dag.tasks}, {t.retry_delay for t in dag.tasks})
      print("errors", bag.import_errors)
      """
          .formatted(Airflow.DAGS);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"airflow-3.3", "airflow-2.11"})
  void bothVersionsSeeTheSameDags(String version) throws Exception {
    Airflow airflow = new Airflow(version, folder).with("CONVOY_RETRIES", "7");

    assertThat(airflow.run("python", "-c", PRINT_DAGS).exits(0).out())
        .contains(
            "convoy_imagenet [('prepare', ['train']), ('train', ['evaluate']), ('evaluate',"
                + " ['score']), ('score', [])] {7} {datetime.timedelta(seconds=2)}\n",
            "convoy_score_daily [('score', [])] {7} {datetime.timedelta(seconds=2)}\n",
            "errors {}\n");
  }
}
