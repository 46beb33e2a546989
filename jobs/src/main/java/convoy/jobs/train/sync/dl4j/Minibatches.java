package convoy.jobs.train.sync.dl4j;

import convoy.data.input.MinibatchReader;
import convoy.data.input.MinibatchReaders;
import convoy.data.input.WorkerRange;
import convoy.data.order.EpochShares;
import convoy.data.order.Seeds;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.recipe.Recipe;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.TrainingJob;
import convoy.zoo.dl4j.Dl4jDataSets;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.nd4j.linalg.dataset.DataSet;

/** The minibatches of one worker in one round, from the positions that every strategy reads. */
record Minibatches(TrainingJob job, Round round)
    implements FlatMapFunction<Iterator<Integer>, DataSet> {

  @Override
  public Iterator<DataSet> call(Iterator<Integer> workers) {
    return new Reading(job, round, workers.next());
  }

  private static final class Reading implements Iterator<DataSet> {
    private final TrainingJob job;
    private final Round round;
    private final int worker;
    private final Graph graph;
    private final FloatBuffer images;
    private final int[] labels;
    private MinibatchReader reader;
    private long remaining;
    private long minibatch;

    Reading(TrainingJob job, Round round, int worker) {
      Recipe.Training training = job.recipe().training();
      int batch = training.batchSizePerWorker();
      EpochShares.Range positions = job.range(round, worker);
      Pipeline pipeline = job.trainingPipeline();
      WorkerRange range =
          new WorkerRange(
              "train",
              training.seed(),
              round.epoch(),
              training.workers(),
              worker,
              positions.from(),
              positions.to());
      this.job = job;
      this.round = round;
      this.worker = worker;
      this.graph = job.graph();
      this.images =
          ByteBuffer.allocateDirect(Math.multiplyExact(batch * Float.BYTES, pipeline.length()))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      this.labels = new int[batch];
      this.remaining = positions.examples();
      this.minibatch = round.firstMinibatch();
      if (remaining > 0) {
        Dl4jDataSets.prepareThread(Integer.parseInt(training.coresPerWorker()));
        this.reader =
            MinibatchReaders.training(
                job.hadoop().configuration(),
                new Path(job.dataset()),
                job.manifest(),
                range,
                pipeline,
                batch,
                1);
      }
    }

    @Override
    public boolean hasNext() {
      return remaining > 0;
    }

    @Override
    public DataSet next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }

      try {
        int size = reader.next(images, labels);
        remaining -= size;
        if (remaining <= 0) {
          reader.close();
        }

        // Here, because the thread that reads is the one that trains.
        Dl4jDataSets.seedThread(
            Seeds.ofRound(
                job.recipe().training().seed(),
                round.epoch(),
                Math.toIntExact(minibatch++),
                worker));
        return Dl4jDataSets.of(graph, images, labels, size);
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      } catch (InterruptedException problem) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("stopped between two minibatches");
      }
    }
  }
}
