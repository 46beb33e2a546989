package convoy.averaging.dl4j;

import convoy.jobs.exchange.HeldState;
import convoy.jobs.exchange.StateVector;
import convoy.jobs.exchange.TrainingState;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.RoundResult;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.WorkerExamples;
import convoy.jobs.train.sync.WorkerReport;
import convoy.jobs.train.sync.Workers;
import convoy.options.Settings;
import convoy.zoo.dl4j.ComputationGraphs;
import convoy.zoo.dl4j.Dl4jTensors;
import convoy.zoo.dl4j.SgdRule;
import convoy.zoo.graph.Graph;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Runs rounds by DL4J: it takes a state, fits once with one averaging, and returns the state. */
record Dl4jSession(JavaSparkContext spark, TrainingJob job) implements Workers {

  /**
   * DL4J sends the state itself and averages at the end of its fit, so a round is one step. DL4J
   * takes the state from the driver and brings the next one there.
   */
  @Override
  public Trained train(HeldState state, Round round) {
    RoundResult result = fit(state, round);
    return () -> () -> result;
  }

  private RoundResult fit(HeldState state, Round round) {
    Graph graph = job.graph();
    Settings training = job.recipe().training();
    SgdRule rule = new SgdRule(job.optimizer(), round.learningRates());
    ComputationGraph network = ComputationGraphs.of(graph, rule, training.get(TrainingKeys.SEED));
    try {
      Dl4jTensors tensors = Dl4jTensors.of(graph, network);
      tensors.copy(StateVector.parameters(state), network.params());
      tensors.copy(StateVector.besidesParameters(state), network.getUpdater().getStateViewArray());

      DoubleAccumulator loss = spark.sc().doubleAccumulator("loss");
      JavaRDD<DataSet> minibatches =
          spark
              .parallelize(
                  IntStream.range(0, training.get(TrainingKeys.WORKERS)).boxed().toList(),
                  training.get(TrainingKeys.WORKERS))
              .mapPartitions(new Minibatches(job, round));
      RoundMaster master = new RoundMaster(job.recipe(), round.minibatches(), minibatches(round));
      master.addHook(new LossHook(loss));
      new SparkComputationGraph(spark, network, master).fit(minibatches);

      TrainingState next = TrainingState.zeros(state.layout());
      tensors.copy(network.params(), StateVector.parameters(next));
      tensors.copy(network.getUpdater().getStateViewArray(), StateVector.besidesParameters(next));
      boolean finite = Double.isFinite(loss.value()) && finite(network.params());
      HeldState held = HeldState.inDriver(spark, state.blocks().owner(), next.id(), next);
      return new RoundResult(held, finite, loss.value(), reports(round));
    } finally {
      network.close();
    }
  }

  private static boolean finite(INDArray parameters) {
    return Double.isFinite(parameters.sumNumber().doubleValue());
  }

  /** Returns the number of minibatches of all workers together. */
  private long minibatches(Round round) {
    return IntStream.range(0, job.recipe().training().get(TrainingKeys.WORKERS))
        .mapToLong(worker -> new WorkerExamples(job, round, worker).minibatches())
        .sum();
  }

  /** Creates reports without times and losses, because DL4J reports neither for a worker. */
  private List<WorkerReport> reports(Round round) {
    return IntStream.range(0, job.recipe().training().get(TrainingKeys.WORKERS))
        .mapToObj(
            worker ->
                WorkerReport.ofExamples(
                    worker, new WorkerExamples(job, round, worker).range().examples()))
        .toList();
  }

  @Override
  public void close() {
    // Each round closes what it opens.
  }
}
