package convoy.jobs.train.sync;

import convoy.zoo.engine.Network;
import java.nio.FloatBuffer;
import java.util.UUID;
import org.apache.spark.util.KnownSizeEstimation;

/** What a worker sends to the reducing tasks: slices of its vectors, and its report. */
sealed interface WorkerPart permits WorkerPart.InNetwork, WorkerPart.Slice, WorkerReport {
  /** The worker's weight in the mean. */
  long examples();

  /**
   * A slice that still lies in the network: read when it is written to the shuffle's file.
   *
   * @param state names what the network holds, in this attempt of the task alone
   * @param bytes where all slices of a task are read to in turn, as large as the largest
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record InNetwork(long examples, UUID state, Network network, SlicePlan.Slice cut, byte[] bytes)
      implements WorkerPart, KnownSizeEstimation {
    /** The slice in the first bytes of the task's array, until the next is read. */
    byte[] read() {
      FloatBuffer into = TrainingState.floats(bytes).slice(0, cut.length());
      cut.vector().of(network).read(cut.offset(), into);
      return bytes;
    }

    /** Spark would walk through the network to estimate it; the type is its own, not public. */
    @Override
    public long estimatedSize() {
      return 64;
    }
  }

  /** A slice on its way. */
  @SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
  record Slice(long examples, UUID state, byte[] bytes) implements WorkerPart {}
}
