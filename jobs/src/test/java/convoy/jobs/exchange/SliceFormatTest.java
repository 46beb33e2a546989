package convoy.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.spark.internal.PairSerializer;
import convoy.zoo.engine.FlatVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.api.Test;
import scala.Tuple2;
import scala.collection.Iterator;

class SliceFormatTest {
  private static final WorkerPart REPORT =
      new WorkerPart.Report(new Told(640, 12.5, null, "a processor"));
  private static final UUID STATE = new UUID(3, -5);

  private final SerializerInstance streams = new PairSerializer(new SliceFormat()).newInstance();

  private record Told(long examples, Double lossSum, Long waitMillis, String cpu)
      implements Serializable {}

  @Test
  void slicesOfEverySizeAndReportsComeBack() {
    List<Tuple2<Object, Object>> read = read(written(0, 1, SliceFormat.CHUNK + 1, 300_000));
    assertThat(read).hasSize(5);
    for (int i = 0; i < 4; i++) {
      assertThat(read.get(i)._1()).isEqualTo(new SliceKey(i, 1));
    }

    assertThat(bytes(read, 0)).isEmpty();
    assertThat(bytes(read, 2)).isEqualTo(drawn(SliceFormat.CHUNK + 1));
    assertThat(bytes(read, 3)).isEqualTo(drawn(300_000));
    assertThat(read.get(4)).isEqualTo(new Tuple2<>(new SliceKey(4, 1), REPORT));
  }

  @Test
  void roundedSlicesComeBackAsFloatsAndAreHalfAsLong() {
    int length = SliceFormat.CHUNK + 1;
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Float.intBitsToFloat((16_000 + i % 200) << 16);
    }

    StateLayout.Cut cut = new StateLayout.Cut(StateLayout.PARAMETERS, 0, length);
    Wire wire = Wire.bfloat16(9);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream stream = streams.serializeStream(bytes);
    stream.writeKey(new SliceKey(0, 1), null);
    stream.writeValue(
        new WorkerPart.InNetwork(640, STATE, new Values(values), cut, wire, new byte[cut.bytes()]),
        null);
    stream.close();
    assertThat(bytes.size()).isBetween(cut.bytes() / 2, cut.bytes() / 2 + 50);
    List<Tuple2<Object, Object>> read = read(bytes.toByteArray());
    assertThat(new Slice(bytes(read, 0)).toArray()).isEqualTo(values);
  }

  @SuppressWarnings("ArrayRecordComponent") // It is never compared.
  private record Values(float[] values) implements FlatVector {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void read(int offset, FloatBuffer into) {
      into.put(values, offset, into.remaining());
    }

    @Override
    public void write(int offset, FloatBuffer from) {
      throw new UnsupportedOperationException();
    }
  }

  /** A file of a shuffle holds the streams of several workers one after another. */
  @Test
  void streamsMayBeReadAsOne() {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(written(10));
    both.writeBytes(written(20, 30));
    assertThat(read(both.toByteArray())).hasSize(5);
  }

  @Test
  void nothingIsNoPair() {
    assertThat(read(new byte[0])).isEmpty();
  }

  @Test
  void cutAnywhereItIsAnError() {
    byte[] whole = written(100);
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length == 136) {
        assertThat(read(cut)).as("the slice with its key alone").hasSize(1);
      } else {
        assertThatThrownBy(() -> read(cut)).isInstanceOf(UncheckedIOException.class);
      }
    }
  }

  @Test
  void aDamagedLengthIsAnError() {
    byte[] damaged = written(100);
    damaged[8] = (byte) 0x80;
    assertThatThrownBy(() -> read(damaged)).hasMessageContaining("a damaged slice");
    damaged[8] = 0x7f;
    assertThatThrownBy(() -> read(damaged)).hasMessageContaining("a damaged slice");
  }

  /** Spark estimates the size after each of the first slices, and a network has many objects. */
  @Test
  void aSliceInANetworkIsSmall() {
    WorkerPart part =
        new WorkerPart.InNetwork(640, STATE, null, null, Wire.FLOAT32, new byte[1 << 20]);
    assertThat(SizeEstimator.estimate(new Tuple2<>(new SliceKey(0, 1), part))).isLessThan(1000);
  }

  private byte[] written(int... sizes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream stream = streams.serializeStream(bytes);
    for (int i = 0; i < sizes.length; i++) {
      stream.writeKey(new SliceKey(i, 1), null);
      stream.writeValue(new WorkerPart.Sent(640, STATE, drawn(sizes[i])), null);
    }

    stream.writeKey(new SliceKey(sizes.length, 1), null);
    stream.writeValue(REPORT, null);
    stream.close();
    return bytes.toByteArray();
  }

  private List<Tuple2<Object, Object>> read(byte[] bytes) {
    Iterator<Tuple2<Object, Object>> pairs =
        streams.deserializeStream(new ByteArrayInputStream(bytes)).asKeyValueIterator();
    List<Tuple2<Object, Object>> all = new ArrayList<>();
    while (pairs.hasNext()) {
      all.add(pairs.next());
    }

    return all;
  }

  private static byte[] bytes(List<Tuple2<Object, Object>> pairs, int index) {
    WorkerPart.Sent slice = (WorkerPart.Sent) pairs.get(index)._2();
    assertThat(slice.examples()).isEqualTo(640);
    assertThat(slice.state()).isEqualTo(STATE);
    return slice.bytes();
  }

  private static byte[] drawn(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
