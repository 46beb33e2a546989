package convoy.jobs.exchange;

import convoy.jobs.spark.internal.SmallObject;
import convoy.zoo.engine.Network;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.UUID;

/** What a worker sends to the reducing tasks: slices of its vectors, and its report. */
sealed interface WorkerPart {
  /**
   * A slice that still lies in the network: read when it is written to the shuffle's file.
   *
   * @param examples the worker's weight in the mean
   * @param state names what the network holds, in this attempt of the task alone
   * @param bytes where all slices of a task are read to in turn, as large as the largest
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record InNetwork(long examples, UUID state, Network network, SlicePlan.Cut cut, byte[] bytes)
      implements WorkerPart, SmallObject {
    /** The slice in the first bytes of the task's array, until the next is read. */
    byte[] read() {
      FloatBuffer into = Slice.floats(bytes).slice(0, cut.length());
      NetworkVector.of(network, cut.vector()).read(cut.offset(), into);
      return bytes;
    }
  }

  /** A slice on its way. */
  @SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
  record Sent(long examples, UUID state, byte[] bytes) implements WorkerPart {}

  /** What the worker tells beside its vectors. */
  record Report(Serializable value) implements WorkerPart {}
}
