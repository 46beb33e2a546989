package convoy.averaging.dl4j;

import convoy.data.input.BufferPool;
import convoy.data.input.ExampleRow;
import convoy.data.input.Minibatch;
import convoy.data.input.MinibatchFeed;
import convoy.data.order.Seeds;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.sync.Round;
import convoy.jobs.train.sync.TrainingJob;
import convoy.jobs.train.sync.WorkerExamples;
import convoy.zoo.dl4j.Dl4jDataSets;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.TaskCompletionListener;
import org.nd4j.linalg.dataset.DataSet;

/** The minibatches of one worker in one round, at the same positions as with every strategy. */
record Minibatches(TrainingJob job, Round round)
    implements FlatMapFunction<Iterator<Integer>, DataSet> {

  @Override
  public Iterator<DataSet> call(Iterator<Integer> workers) {
    return new Reading(job, round, workers.next());
  }

  private static final class Reading implements Iterator<DataSet> {
    private static final BufferPool BUFFERS = new BufferPool();

    private final TrainingJob job;
    private final Round round;
    private final int worker;
    private final Graph graph;
    private List<FloatBuffer> buffers = List.of();
    private MinibatchFeed<ExampleRow> feed;
    private long remaining;
    private long minibatch;

    Reading(TrainingJob job, Round round, int worker) {
      WorkerExamples part = new WorkerExamples(job, round, worker);
      this.job = job;
      this.round = round;
      this.worker = worker;
      this.graph = job.graph();
      this.remaining = part.range().examples();
      this.minibatch = round.firstMinibatch();
      if (remaining > 0) {
        Dl4jDataSets.prepareThread(job.recipe().training().get(TrainingKeys.CORES_PER_WORKER));
        // DL4J does not close an iterator that it stops reading.
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> close());
        this.feed = part.feed(this::take);
      }
    }

    private List<FloatBuffer> take(int count, int floats) {
      buffers = BUFFERS.take(count, floats);
      return buffers;
    }

    private void close() {
      if (feed != null) {
        feed.close();
        BUFFERS.giveBack(buffers);
        buffers = List.of();
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
        Minibatch<ExampleRow> batch = feed.next();
        // The seed is set here, because the thread that reads is also the one that trains.
        Dl4jDataSets.seedThread(
            Seeds.ofRound(
                job.recipe().training().get(TrainingKeys.SEED),
                round.epoch(),
                Math.toIntExact(minibatch++),
                worker));
        DataSet copy = Dl4jDataSets.of(graph, batch.images(), batch.labels(), batch.size());
        remaining -= batch.size();
        if (remaining <= 0) {
          close();
        }

        return copy;
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      } catch (InterruptedException problem) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("stopped between two minibatches");
      }
    }
  }
}
