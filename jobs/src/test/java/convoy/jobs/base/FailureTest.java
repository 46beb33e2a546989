package convoy.jobs.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import convoy.data.image.BadPictureException;
import convoy.data.image.PictureMemoryException;
import convoy.zoo.engine.EngineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
  @Test
  void aUserErrorIsOneLine() {
    Failure failure = Failure.of(UserException.badData("no dataset at /x; run convoy prepare"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(failure.text("convoy train"))
        .isEqualTo("convoy train: no dataset at /x; run convoy prepare");
  }

  @Test
  void aUserErrorOfATaskKeepsItsExitCodeThroughSparksWrapping() {
    Throwable thrown =
        new ExecutionException(
            new SparkException(
                "Job aborted due to stage failure", UserException.usage("bad shard")));

    assertThat(Failure.of(thrown).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(Failure.of(thrown).text("convoy train")).isEqualTo("convoy train: bad shard");
  }

  @Test
  void anExecutorWithoutMemoryAndAHeapThatSparkRefusesSayWhatToDo() {
    Throwable lost =
        new SparkException(
            "Job aborted due to stage failure: Task 0 failed 4 times, most recent failure: Lost task"
                + " 0.3 in stage 1.0: ExecutorLostFailure (executor 3 exited caused by one of the"
                + " running tasks) Reason: Command exited with code 52\nDriver stacktrace:",
            null);
    assertThat(Failure.of(lost).text("convoy train"))
        .endsWith("exited with code 52; out of memory: give executors more with --executor-memory");
    Failure small =
        Failure.of(new IllegalArgumentException("[INVALID_DRIVER_MEMORY] System memory 1 must be"));
    assertThat(small.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(small.text("convoy train")).isEqualTo("convoy train: System memory 1 must be");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SparkContext has been shutdown",
        "Cannot call methods on a stopped SparkContext.\nThis stopped SparkContext was created at:"
      })
  void aSparkThatHasStoppedByItselfIsNoBug(String words) {
    Failure failure = Failure.of(new IllegalStateException(words));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(failure.text("convoy prepare"))
        .startsWith("convoy prepare: Spark ended before the command did")
        .endsWith("Run the command again");
  }

  @Test
  void aNetworkThatCannotWorkInAnExecutorIsTheUsersToMend() {
    Failure failure =
        Failure.of(new SparkException("aborted", new EngineException("OMP_THREAD_LIMIT is 1")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.text("convoy train")).isEqualTo("convoy train: OMP_THREAD_LIMIT is 1");
  }

  @Test
  void aMissingFileIsBadDataWithoutATrace() {
    Failure failure =
        Failure.of(new SparkException("aborted", new FileNotFoundException("/data/a.parquet")));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(failure.text("convoy train"))
        .isEqualTo("convoy train: no such file: /data/a.parquet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/locked/e.json (Permission denied) | no permission: /locked/e.json",
        "/run/status.json is a folder, not a file to replace | /run/status.json is a folder, not a"
            + " file to replace: move it away, or name another folder",
        "/a/xxx (File name too long) | the path /a/xxx can't be used (File name too long): choose"
            + " another",
        "/a/xxx: File name too long | the path /a/xxx can't be used (File name too long): choose"
            + " another",
        "Mkdirs failed to create file:/proc/x | can't write there: Mkdirs failed to create"
            + " file:/proc/x",
      })
  void aPlaceThatLetsNobodyInIsNotWorthARetry(String message, String line) {
    Failure failure = Failure.of(new SparkException("aborted", new FileNotFoundException(message)));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.text("convoy train")).isEqualTo("convoy train: " + line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "out-of-memory | ; CONVOY_DRIVER_MEMORY sets | memoryOverhead",
        "out-of-native-memory | ; it was refused outside Java's heap: spark.executor.memoryOverhead,"
            + " the container's limit or ulimit -v | executor-memory",
      })
  void aPictureThatFindsNoMemoryIsNoBadData(String code, String remedy, String other) {
    PictureMemoryException large =
        catchThrowableOfType(
            PictureMemoryException.class,
            () ->
                PictureMemoryException.throwIfOutOfMemory(
                    "example a.png", new BadPictureException(code, "no memory")));
    Failure failure = Failure.of(new SparkException("aborted", new IOException("reading", large)));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(failure.text("convoy evaluate"))
        .startsWith("convoy evaluate: example a.png: no memory" + remedy)
        .doesNotContain(other);
  }

  @Test
  void whatTheSystemOrTheNetworkRefusesIsNoBug() {
    for (Exception refused :
        List.of(
            new FileSystemException("/mnt/a", null, "Stale file handle"),
            new IllegalArgumentException(new UnknownHostException("nohost")))) {
      Failure failure = Failure.of(refused);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(failure.bug()).isNull();
      assertThat(failure.message())
          .isIn(
              "/mnt/a: Stale file handle; check this file and its disk, and run the command again",
              "the host nohost is unknown: check its name and the network");
    }
  }

  @Test
  void aFullDiskIsOneLine() {
    Failure failure = Failure.of(new IOException("No space left on device"));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(failure.text("convoy prepare")).contains("spark.local.dir").hasLineCount(1);
    assertThat(Failure.of(new IOException("/out/file: No space left on device")).message())
        .isEqualTo(
            "/out/file: No space left on device; free some space there or name another folder, and"
                + " run the command again");
  }

  @Test
  void aLostExecutorNamesTheRemedyAndNotTheStack() {
    String message =
        "Job aborted due to stage failure: Task 0 in stage 0.0 failed 4 times, most recent failure:"
            + " Lost task 0.3 in stage 0.0 (TID 3) (10.0.0.1 executor 3): ExecutorLostFailure"
            + " (executor 3 exited caused by one of the running tasks) Reason: killed\n"
            + "Driver stacktrace:\n\tat org.apache.spark.Scheduler.run(Scheduler.scala:1)";

    assertThat(Failure.of(new SparkException(message, null)).text("convoy train"))
        .startsWith("convoy train: Lost task 0.3")
        .contains("spark.executor.memoryOverhead")
        .doesNotContain("\n");
  }

  @Test
  void aLostResultNamesTheDriversMemory() {
    String message =
        "Job aborted due to stage failure: Task 3 in stage 9.0 failed 4 times, most recent failure:"
            + " Lost task 3.3 in stage 9.0 (TID 77) (10.0.0.1 executor 0): TaskResultLost (result"
            + " lost from block manager)\nDriver stacktrace:";

    assertThat(Failure.of(new SparkException(message, null)).text("convoy train"))
        .startsWith("convoy train: Lost task 3.3")
        .endsWith("give it more with CONVOY_DRIVER_MEMORY or --driver-memory")
        .doesNotContain("\n");
  }

  @Test
  void aBugOfATaskKeepsItsOwnTraceAndLosesSparks() {
    IllegalStateException bug = new IllegalStateException("no lease");
    bug.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.List", "of", "List.java", 1),
          new StackTraceElement("convoy.jobs.train.Round", "run", "Round.java", 7),
          new StackTraceElement("org.apache.spark.rdd.RDD", "iterator", "RDD.scala", 3),
        });
    Failure failure = Failure.of(new SparkException("Job aborted", bug));

    assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(failure.text("convoy train").lines().toList())
        .isEqualTo(
            List.of(
                "convoy train: unexpected error, this is a bug of Convoy",
                "java.lang.IllegalStateException: no lease",
                "\tat java.util.List.of(List.java:1)",
                "\tat convoy.jobs.train.Round.run(Round.java:7)"));
  }

  @Test
  void aChainOfCausesThatBitesItsTailEnds() {
    Exception inner = new Exception("inner");
    Exception outer = new Exception("outer", inner);
    inner.initCause(outer);

    assertThat(Failure.of(outer).text("convoy x")).contains("outer");
  }
}
