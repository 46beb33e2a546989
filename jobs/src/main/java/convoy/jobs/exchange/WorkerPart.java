package convoy.jobs.exchange;

import convoy.jobs.spark.internal.SmallObject;
import convoy.zoo.engine.FlatVector;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.UUID;

/** A part of what a worker sends to the reducing tasks: a slice of its vectors, or its report. */
sealed interface WorkerPart {
  /**
   * A slice that is still in the network. It is read when it is written to the shuffle's file.
   *
   * @param examples the worker's weight in the mean
   * @param state id of the values that are sent, unique to this attempt of the task
   * @param wire with the seed of this vector
   * @param bytes array that all slices of a task are read into, one after another; it is as large
   *     as the largest slice
   */
  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  record InNetwork(
      long examples, UUID state, FlatVector vector, StateLayout.Cut cut, Wire wire, byte[] bytes)
      implements WorkerPart, SmallObject {
    /**
     * Reads the slice into the start of the task's array, where it stays until the next is read.
     */
    byte[] read() {
      read(bytes);
      return bytes;
    }

    /** The slice in an array of its own. */
    Sent copy() {
      byte[] own = new byte[cut.bytes()];
      read(own);
      return new Sent(examples, state, own);
    }

    private void read(byte[] into) {
      FloatBuffer floats = Slice.floats(into).slice(0, cut.length());
      vector.read(cut.offset(), floats);
    }
  }

  /** A slice with its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
  record Sent(long examples, UUID state, byte[] bytes) implements WorkerPart {}

  /** The worker's report. */
  record Report(Serializable value) implements WorkerPart {}
}
