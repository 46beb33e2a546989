package convoy.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The full rounds of a run's metrics.jsonl, without the first one, which compiles. */
record TrainingRounds(List<Round> rounds) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One round as the run reports it. */
  record Round(long images, double imagesPerSecond, long computeMs, long dataWaitMs, long syncMs) {
    /** Returns images per second of the time in which workers trained. */
    double withoutExchange() {
      double millis = images * 1000 / imagesPerSecond;
      return images * 1000 / (millis - syncMs);
    }
  }

  TrainingRounds {
    rounds = List.copyOf(rounds);
  }

  /**
   * Reads the lines of a metrics.jsonl.
   *
   * @param images of a full round; the last round of an epoch may have fewer
   * @throws IllegalStateException if there is no such round
   */
  static TrainingRounds of(List<String> lines, long images) throws IOException {
    List<Round> rounds = new ArrayList<>();
    for (String line : lines) {
      JsonNode round = JSON.readTree(line);
      if (round.path("images").asLong() == images && round.path("round").asInt() > 1) {
        rounds.add(
            new Round(
                images,
                round.path("imagesPerSecond").asDouble(),
                round.path("computeMs").asLong(),
                round.path("dataWaitMs").asLong(),
                round.path("syncMs").asLong()));
      }
    }

    if (rounds.isEmpty()) {
      throw new IllegalStateException(
          "no round of " + images + " images after the first one: take more pictures or epochs");
    }

    return new TrainingRounds(rounds);
  }

  double median(ToDoubleFunction<Round> value) {
    return Measurement.median(rounds.stream().map(value::applyAsDouble).toList());
  }
}
