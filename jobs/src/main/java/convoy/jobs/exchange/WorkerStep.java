package convoy.jobs.exchange;

import java.io.IOException;
import java.io.Serializable;

/** What each worker does in a round, in a Spark task. A pure function of its fields and worker. */
public interface WorkerStep<R extends Serializable> extends Serializable {
  Contribution<R> run(int worker) throws IOException, InterruptedException;
}
