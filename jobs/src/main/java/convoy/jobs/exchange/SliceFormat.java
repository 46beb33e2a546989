package convoy.jobs.exchange;

import convoy.jobs.spark.internal.PairFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.UUID;

/**
 * The format of slices in the files of a shuffle. A key is the slice and the worker. A value is
 * length, examples, state and the bytes as in memory; behind {@link #ROUNDED}, the bytes are those
 * of bfloat16 numbers; behind {@link #REPORT}, it is a report by Java's serialization. Numbers are
 * big-endian. Java's serialization isn't used for arrays, as it reads one kilobyte at a time, each
 * by a system call if the file isn't compressed.
 */
final class SliceFormat implements PairFormat<SliceKey, WorkerPart> {
  private static final long serialVersionUID = 1L;

  /** Stands in the place of a length and announces a report. */
  static final int REPORT = -1;

  /** Stands before the length of a slice in bfloat16. */
  static final int ROUNDED = -2;

  /** Number of bytes copied at a time, so that they stay in the processor's cache. */
  static final int CHUNK = 1 << 16;

  @Override
  public void writeKey(SliceKey key, DataOutputStream to) throws IOException {
    to.writeInt(key.slice());
    to.writeInt(key.worker());
  }

  @Override
  public SliceKey readKey(DataInputStream from) throws IOException {
    return new SliceKey(from.readInt(), from.readInt());
  }

  @Override
  public void writeValue(WorkerPart part, DataOutputStream to) throws IOException {
    if (part instanceof WorkerPart.InNetwork slice && slice.wire().rounded()) {
      to.writeInt(ROUNDED);
      writeHead(slice.cut().length() * Bfloat16.BYTES, slice.examples(), slice.state(), to);
      writeRounded(slice, to);
    } else if (part instanceof WorkerPart.InNetwork slice) {
      write(slice.read(), slice.cut().bytes(), slice.examples(), slice.state(), to);
    } else if (part instanceof WorkerPart.Sent slice) {
      write(slice.bytes(), slice.bytes().length, slice.examples(), slice.state(), to);
    } else if (part instanceof WorkerPart.Report report) {
      to.writeInt(REPORT);
      ObjectOutputStream object = new ObjectOutputStream(to);
      object.writeObject(report.value());
      object.flush();
    }
  }

  private static void writeHead(int length, long examples, UUID state, DataOutputStream to)
      throws IOException {
    to.writeInt(length);
    to.writeLong(examples);
    to.writeLong(state.getMostSignificantBits());
    to.writeLong(state.getLeastSignificantBits());
  }

  private static void write(
      byte[] bytes, int length, long examples, UUID state, DataOutputStream to) throws IOException {
    writeHead(length, examples, state, to);
    for (int at = 0; at < length; at += CHUNK) {
      to.write(bytes, at, Math.min(CHUNK, length - at));
    }
  }

  private static void writeRounded(WorkerPart.InNetwork slice, DataOutputStream to)
      throws IOException {
    IntBuffer floats = ByteBuffer.wrap(slice.read()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    int[] bits = new int[CHUNK / Bfloat16.BYTES];
    short[] rounded = new short[bits.length];
    byte[] bytes = new byte[CHUNK];
    ShortBuffer into = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    for (int at = 0; at < slice.cut().length(); at += bits.length) {
      int count = Math.min(bits.length, slice.cut().length() - at);
      floats.get(at, bits, 0, count);
      Bfloat16.round(bits, count, slice.wire().seed(), slice.cut().offset() + at, rounded);
      into.put(0, rounded, 0, count);
      to.write(bytes, 0, count * Bfloat16.BYTES);
    }
  }

  private static byte[] readRounded(int length, DataInputStream from) throws IOException {
    byte[] slice = new byte[length * 2];
    FloatBuffer floats = Slice.floats(slice);
    byte[] bytes = new byte[CHUNK];
    ShortBuffer rounded = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] values = new float[CHUNK / Bfloat16.BYTES];
    for (int at = 0; at < floats.capacity(); at += values.length) {
      int count = Math.min(values.length, floats.capacity() - at);
      from.readFully(bytes, 0, count * Bfloat16.BYTES);
      for (int i = 0; i < count; i++) {
        values[i] = Bfloat16.value(rounded.get(i));
      }

      floats.put(at, values, 0, count);
    }

    return slice;
  }

  @Override
  public WorkerPart readValue(DataInputStream from) throws IOException {
    int length = from.readInt();
    if (length == REPORT) {
      return new WorkerPart.Report(report(from));
    }

    boolean rounded = length == ROUNDED;
    if (rounded) {
      length = from.readInt();
    }

    if (length < 0 || length > StateLayout.MOST_BYTES) {
      throw new IOException("a damaged slice: its length reads as " + length);
    }

    long examples = from.readLong();
    UUID state = new UUID(from.readLong(), from.readLong());
    if (rounded) {
      return new WorkerPart.Sent(examples, state, readRounded(length, from));
    }

    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += CHUNK) {
      from.readFully(bytes, at, Math.min(CHUNK, length - at));
    }

    return new WorkerPart.Sent(examples, state, bytes);
  }

  private static Serializable report(DataInputStream from) throws IOException {
    try {
      return (Serializable) new ObjectInputStream(from).readObject();
    } catch (ClassNotFoundException other) {
      throw new IOException("written by another version of Convoy", other);
    }
  }
}
