package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.SparkSessions;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TaskFailureIT {
  @Test
  void anErrorOfATaskArrivesAsItsCause() {
    try (SparkSession spark = SparkSessions.open("test", Map.of("spark.master", "local[2]"))) {
      JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());

      Failure user = Failure.of(catchThrowable(() -> run(context, true)));
      assertThat(user.exitCode()).isEqualTo(ExitCode.BAD_DATA);
      assertThat(user.text("convoy train")).isEqualTo("convoy train: shard 3 is cut short");

      Failure bug = Failure.of(catchThrowable(() -> run(context, false)));
      assertThat(bug.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(bug.text("convoy train").lines())
          .hasSizeLessThan(10)
          .contains("java.lang.IllegalStateException: a bug");
    }
  }

  private static void run(JavaSparkContext context, boolean user) {
    context
        .parallelize(List.of(1, 2, 3), 3)
        .foreach(
            number -> {
              if (number == 3) {
                throw user
                    ? UserException.badData("shard 3 is cut short")
                    : new IllegalStateException("a bug");
              }
            });
  }
}
