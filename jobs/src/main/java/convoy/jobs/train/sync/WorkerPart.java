package convoy.jobs.train.sync;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import org.apache.spark.util.KnownSizeEstimation;

/** What a worker sends to the reducing tasks: slices of its vectors, and its report. */
sealed interface WorkerPart permits WorkerPart.Trained, WorkerPart.Slice, WorkerReport {
  /** The worker's weight in the mean. */
  long examples();

  /**
   * A slice that still lies in the network: read when it is written to the shuffle's file, so that
   * one at a time is in the heap.
   */
  record Trained(long examples, Network network, SlicePlan.Slice cut)
      implements WorkerPart, KnownSizeEstimation {
    byte[] bytes() {
      byte[] bytes = new byte[cut.bytes()];
      FlatVector vector =
          cut.vector() == SlicePlan.Vector.PARAMETERS
              ? network.parameters()
              : network.optimizerState();
      vector.read(cut.offset(), TrainingState.floats(bytes));
      return bytes;
    }

    /** Spark would walk through the network to estimate it. */
    @Override
    public long estimatedSize() {
      return 64;
    }
  }

  /** A slice on its way. */
  @SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
  record Slice(long examples, byte[] bytes) implements WorkerPart {}
}
