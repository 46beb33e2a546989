package convoy.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The event log of one training, which may still be running. */
record EventLog(Path folder) {
  /** Spark names a stage by the line that made it. */
  private static final String TRAINING_STAGE = "SortedShuffle.java";

  private static final String REDUCING_STAGE = "Exchange.java";

  /** Spark's options that write the log. The folder must exist. */
  List<String> options() {
    return List.of(
        "--conf", "spark.eventLog.enabled=true", "--conf", "spark.eventLog.dir=" + folder);
  }

  /** Returns the events whose name ends so, as far as Spark has written them. */
  Stream<JsonNode> events(String name) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(path -> !path.getFileName().toString().startsWith(".")).toList()) {
        for (String line : whole(Files.readString(file, StandardCharsets.UTF_8))) {
          if (line.startsWith("{\"Event\":\"SparkListener" + name + "\"")) {
            events.add(new ObjectMapper().readTree(line));
          }
        }
      }
    }

    return events.stream();
  }

  private static String[] whole(String text) {
    int end = text.lastIndexOf('\n');
    return end < 0 ? new String[0] : text.substring(0, end).split("\n");
  }

  /** Returns how many rounds have begun, those that were begun again included. */
  long roundsBegun() throws IOException {
    return events("JobStart")
        .filter(
            job ->
                job.path("Stage Infos").findValuesAsText("Stage Name").stream()
                    .anyMatch(stage -> stage.contains(TRAINING_STAGE)))
        .count();
  }

  /** Returns how many rounds all workers have trained, without the exchange after it. */
  long roundsTrained() throws IOException {
    return events("StageCompleted")
        .map(event -> event.path("Stage Info"))
        .filter(stage -> stage.path("Stage Name").asText().contains(TRAINING_STAGE))
        .filter(stage -> !stage.has("Failure Reason"))
        .filter(stage -> stage.path("Stage Attempt ID").asInt() == 0)
        .count();
  }

  /** Returns why tasks that train ended without success, such as ExecutorLostFailure. */
  List<String> failuresInTraining() throws IOException {
    return failures(TRAINING_STAGE);
  }

  /** Returns why tasks that reduce ended without success, such as FetchFailed. */
  List<String> failuresInReducing() throws IOException {
    return failures(REDUCING_STAGE);
  }

  /**
   * Returns the executors that trained in each of the last rounds, or nothing if there were fewer
   * rounds.
   */
  Set<String> trainersOfLast(int rounds) throws IOException {
    List<Integer> stages = stages("StageCompleted", TRAINING_STAGE).distinct().sorted().toList();
    if (stages.size() < rounds) {
      return Set.of();
    }

    Set<String> trainers = null;
    for (int stage : stages.subList(stages.size() - rounds, stages.size())) {
      Set<String> now =
          events("TaskEnd")
              .filter(task -> task.path("Stage ID").asInt() == stage)
              .map(task -> task.path("Task Info").path("Executor ID").asText())
              .collect(Collectors.toSet());
      trainers = trainers == null ? now : trainers;
      trainers.retainAll(now);
    }

    return trainers;
  }

  private Stream<Integer> stages(String event, String name) throws IOException {
    return events(event)
        .map(stage -> stage.path("Stage Info"))
        .filter(stage -> stage.path("Stage Name").asText().contains(name))
        .map(stage -> stage.path("Stage ID").asInt());
  }

  private List<String> failures(String stageName) throws IOException {
    Set<Integer> stages = stages("StageSubmitted", stageName).collect(Collectors.toSet());
    return events("TaskEnd")
        .filter(task -> stages.contains(task.path("Stage ID").asInt()))
        .map(task -> task.path("Task End Reason").path("Reason").asText())
        .filter(reason -> !reason.equals("Success"))
        .toList();
  }
}
