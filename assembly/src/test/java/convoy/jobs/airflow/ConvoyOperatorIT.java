package convoy.jobs.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what the operator does with each exit code, by a spark-submit that only exits. */
class ConvoyOperatorIT {
  private static final String RUN_EACH_CODE =
      """
      import os
      from convoy_operator import DEFAULT_ARGS, ConvoyOperator

      print(DEFAULT_ARGS["retries"], DEFAULT_ARGS["retry_delay"].total_seconds(), DEFAULT_ARGS["pool"])
      for code in [0, 1, 2, 3, 4, 5, 6, 130]:
          os.environ["EXIT_CODE"] = str(code)
          try:
              ConvoyOperator(task_id="task", arguments=["version"]).execute({})
              print("success")
          except Exception as failure:
              print(type(failure).__name__, failure)
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"airflow-3.3", "airflow-2.11"})
  void codesTwoToFiveFailAtOnceAndAllOthersAreRetriedThreeTimesAMinuteApart(String version)
      throws Exception {
    Path submit = Files.writeString(folder.resolve("spark-submit"), "#!/bin/sh\nexit $EXIT_CODE\n");
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
    Airflow airflow =
        new Airflow(version, folder.resolve("home"))
            .withMaster("spark://127.0.0.1:7077")
            .with("PYTHONPATH", Airflow.DAGS.toString())
            .with("CONVOY_JAR", Files.createFile(folder.resolve("convoy.jar")).toString())
            .with("PATH", folder + File.pathSeparator + System.getenv("PATH"))
            .without("CONVOY_RETRY_DELAY_SECONDS");

    assertThat(airflow.run("python", "-c", RUN_EACH_CODE).exits(0).out().lines())
        .containsSubsequence(
            "3 60.0 default_pool",
            "success",
            "AirflowException exit code 1: may be retried",
            "AirflowFailException exit code 2 (usage or recipe): not retried",
            "AirflowFailException exit code 3 (missing or bad data): not retried",
            "AirflowFailException exit code 4 (a quality gate was missed): not retried",
            "AirflowFailException exit code 5 (training diverged): not retried",
            "AirflowException exit code 6: may be retried",
            "AirflowException exit code 130: may be retried");
  }
}
