package convoy.jobs.exchange;

import java.io.IOException;
import java.io.Serializable;

/**
 * The work of each worker in a round, in a Spark task. It is a pure function of its fields and the
 * worker.
 */
public interface WorkerStep<R extends Serializable> extends Serializable {
  Contribution<R> run(int worker) throws IOException, InterruptedException;
}
