package convoy.jobs.train.sync;

import convoy.data.input.EpochSource;
import convoy.data.input.ExampleRow;
import convoy.data.input.MinibatchFeed;
import convoy.data.input.WorkerRange;
import convoy.data.order.EpochShares;
import convoy.data.pipeline.Pipeline;
import convoy.jobs.recipe.TrainingKeys;
import convoy.options.Settings;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** The examples of one worker in one round, the same for every strategy. */
public record WorkerExamples(TrainingJob job, Round round, int worker) {
  private static final String SPLIT = "train";

  /** Gives a feed direct buffers that no other feed uses. */
  @FunctionalInterface
  public interface Buffers {
    List<FloatBuffer> take(int count, int floats);
  }

  /** The round's range in the worker's share of the epoch; empty if the share has ended. */
  public EpochShares.Range range() {
    return job.shares().range(worker, round.firstMinibatch(), round.minibatches());
  }

  public long minibatches() {
    return job.shares().minibatches(range());
  }

  /** Starts to decode the minibatches in one thread. */
  public MinibatchFeed<ExampleRow> feed(Buffers buffers) {
    Settings training = job.recipe().training();
    int batch = training.get(TrainingKeys.BATCH_SIZE_PER_WORKER);
    EpochShares.Range range = range();
    WorkerRange part =
        new WorkerRange(
            SPLIT,
            training.get(TrainingKeys.SEED),
            round.epoch(),
            training.get(TrainingKeys.WORKERS),
            worker,
            range.from(),
            range.to());
    Pipeline pipeline = job.trainingPipeline();
    return new MinibatchFeed<>(
        EpochSource.of(job.hadoop().configuration(), new Path(job.dataset()), job.manifest(), part),
        pipeline,
        batch,
        1,
        buffers.take(
            MinibatchFeed.trainingBuffers(minibatches()),
            Math.multiplyExact(batch, pipeline.length())));
  }
}
