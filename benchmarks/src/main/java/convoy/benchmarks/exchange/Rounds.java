package convoy.benchmarks.exchange;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.exchange.Exchange;
import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.SliceRule;
import convoy.jobs.exchange.StateLayout;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.spark.WorkerSession;
import convoy.jobs.spark.internal.Blocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The driver's program, {@code LENGTH WORKERS WARM-UP MEASURED}: rounds of the product's exchange
 * with stubs in place of networks. It answers with one line.
 */
final class Rounds {
  static final String ANSWER = "answer ";
  private static final String MOMENTUM = "momentum";

  private final JavaSparkContext spark;
  private final KnownState known;
  private final int workers;

  private Rounds(JavaSparkContext spark, int length, int workers) {
    this.spark = spark;
    this.known =
        new KnownState(StateLayout.of(length, List.of(MOMENTUM), List.of()).forWorkers(workers));
    this.workers = workers;
  }

  /**
   * What the rounds took.
   *
   * @param seconds of each round
   * @param driverBytes that the driver's link carried in all rounds, both directions together
   * @param linkBytes that the busiest executor's link carried in all rounds, in its busier
   *     direction
   * @param wrong floats that are not what the rounds should have made of the state
   */
  record Answer(List<Double> seconds, long driverBytes, long linkBytes, long wrong) {
    Answer {
      seconds = List.copyOf(seconds);
    }
  }

  public static void main(String[] arguments) throws IOException {
    int workers = Integer.parseInt(arguments[1]);
    try (WorkerSession session =
        WorkerSession.open("bench-exchange", workers, OptionalInt.of(1), Map.of())) {
      Rounds rounds =
          new Rounds(
              new JavaSparkContext(session.spark().sparkContext()),
              Integer.parseInt(arguments[0]),
              workers);
      Answer answer = rounds.run(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      System.out.println(ANSWER + new ObjectMapper().writeValueAsString(answer));
    }
  }

  private Answer run(int warmUp, int measured) throws IOException {
    // Spark begins the first job as all executors are there. The exchange counts them before.
    spark.parallelize(numbers(), workers).count();
    TrainingState start = known.start();
    HeldState state = HeldState.inDriver(spark, Blocks.newOwner(), start.id(), start);
    for (int round = 0; round < warmUp; round++) {
      state = next(state, new ArrayList<>());
    }

    List<Double> seconds = new ArrayList<>();
    List<LinkBytes> links = new ArrayList<>();
    LinkBytes driver = LinkBytes.here();
    for (int round = 0; round < measured; round++) {
      long started = System.nanoTime();
      state = next(state, links);
      seconds.add((System.nanoTime() - started) / 1e9);
    }

    LinkBytes driverSince = LinkBytes.here().since(driver);
    Map<String, LinkBytes> before =
        links.subList(0, workers).stream()
            .collect(Collectors.toMap(LinkBytes::link, Function.identity(), (one, same) -> one));
    HeldState last = state;
    int rounds = warmUp + measured;
    List<Check> checks =
        spark
            .parallelize(numbers(), workers)
            .map(new Check.Of(known, last, workers, rounds))
            .collect();
    last.close();
    return new Answer(
        seconds,
        driverSince.received() + driverSince.sent(),
        checks.stream()
            .filter(check -> before.containsKey(check.link().link()))
            .mapToLong(check -> check.link().since(before.get(check.link().link())).most())
            .max()
            .orElseThrow(),
        checks.stream().mapToLong(Check::wrong).sum());
  }

  private List<Integer> numbers() {
    return IntStream.range(0, workers).boxed().toList();
  }

  private HeldState next(HeldState state, List<LinkBytes> links) {
    try (state) {
      Exchange.Result<LinkBytes> result =
          Exchange.of(spark, state, workers, new StubStep(state, workers)).next(SliceRule.MEAN);
      links.addAll(result.reports());
      return result.state();
    }
  }
}
