package convoy.zoo.format;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads and writes named float32 tensors in Hugging Face's safetensors format: 8 bytes with the
 * length of the header, a JSON header, then the tensors, little-endian.
 *
 * <p>The tensors are sorted by name and the header holds nothing else. So equal tensors give equal
 * bytes, no matter which engine wrote them, and these are the bytes that the Python library writes
 * too. Bytes are moved in blocks of 1 MB.
 */
public final class Safetensors {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int LENGTH_BYTES = 8;

  private Safetensors() {}

  /** Writes a network's parameters. The stream stays open. */
  public static void write(OutputStream out, ParameterLayout layout, FlatVector parameters)
      throws IOException {
    write(out, VectorTensor.ofParameters(layout), parameters);
  }

  /**
   * Writes an optimizer's state. Tensors have names such as {@code momentum.conv1.weight}.
   *
   * @param vectors names of the vectors that lie one after another in {@code state}
   */
  public static void writeState(
      OutputStream out, ParameterLayout layout, List<String> vectors, FlatVector state)
      throws IOException {
    write(out, VectorTensor.ofState(layout, vectors), state);
  }

  /**
   * Fills {@code parameters}. After an exception they are partly filled.
   *
   * @throws ModelFormatException when the file is damaged, or its tensors or shapes differ from the
   *     layout
   */
  public static void read(InputStream in, ParameterLayout layout, FlatVector parameters)
      throws IOException {
    read(in, layout, Set.of(), parameters);
  }

  /** Fills {@code parameters} from a file that may hold further tensors, which are ignored. */
  public static void read(
      InputStream in, ParameterLayout layout, Set<String> unused, FlatVector parameters)
      throws IOException {
    read(in, VectorTensor.ofParameters(layout), unused, parameters);
  }

  /**
   * Reads only the header and checks that the file holds these tensors and is complete. No memory
   * is taken for tensors before their file is known to fit.
   *
   * @param bytes the length of the file
   * @param unused names of further tensors that the file may hold
   * @throws ModelFormatException when the file doesn't fit or is incomplete
   */
  public static void check(InputStream in, long bytes, ParameterLayout layout, Set<String> unused)
      throws IOException {
    byte[] header = headerBytes(in);
    List<SafetensorsFile.Tensor> entries = SafetensorsHeader.parse(header, Set.of(NumberType.F32));
    checkSame(entries, places(VectorTensor.ofParameters(layout)), unused);
    long end = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
    long expected = Math.addExact((long) LENGTH_BYTES + header.length, end);
    if (bytes != expected) {
      throw new ModelFormatException(
          "the file has %d bytes, but its header describes %d".formatted(bytes, expected));
    }
  }

  /** Fills an optimizer's state with what {@link #writeState} wrote. */
  public static void readState(
      InputStream in, ParameterLayout layout, List<String> vectors, FlatVector state)
      throws IOException {
    read(in, VectorTensor.ofState(layout, vectors), Set.of(), state);
  }

  private static void write(OutputStream out, List<VectorTensor> tensors, FlatVector vector)
      throws IOException {
    byte[] header = SafetensorsHeader.encode(tensors);
    byte[] block = new byte[BLOCK_BYTES];
    littleEndian(block, LENGTH_BYTES).putLong(header.length);
    out.write(block, 0, LENGTH_BYTES);
    out.write(header);
    for (VectorTensor tensor : tensors) {
      drain(out, tensor, block, vector);
    }
  }

  private static void drain(OutputStream out, VectorTensor tensor, byte[] block, FlatVector vector)
      throws IOException {
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(tensor.size() - done, BLOCK_BYTES / Float.BYTES);
      int bytes = count * Float.BYTES;
      vector.read(tensor.offset() + done, littleEndian(block, bytes).asFloatBuffer());
      out.write(block, 0, bytes);
      done += count;
    }
  }

  private static void read(
      InputStream in, List<VectorTensor> expected, Set<String> unused, FlatVector vector)
      throws IOException {
    List<SafetensorsFile.Tensor> entries =
        SafetensorsHeader.parse(headerBytes(in), Set.of(NumberType.F32));
    Map<String, VectorTensor> places = places(expected);
    checkSame(entries, places, unused);
    byte[] block = new byte[BLOCK_BYTES];
    for (SafetensorsFile.Tensor entry : entries) {
      if (places.containsKey(entry.name())) {
        fill(in, places.get(entry.name()), block, vector);
      } else {
        in.skipNBytes(entry.end() - entry.begin());
      }
    }
    if (in.read() != -1) {
      throw new ModelFormatException("there is more data after the last tensor");
    }
  }

  private static Map<String, VectorTensor> places(List<VectorTensor> tensors) {
    Map<String, VectorTensor> places = new HashMap<>();
    tensors.forEach(tensor -> places.put(tensor.name(), tensor));
    return places;
  }

  private static void checkSame(
      List<SafetensorsFile.Tensor> entries, Map<String, VectorTensor> expected, Set<String> unused)
      throws ModelFormatException {
    Set<String> missing = new TreeSet<>(expected.keySet());
    for (SafetensorsFile.Tensor entry : entries) {
      if (unused.contains(entry.name())) {
        continue;
      }

      if (!missing.remove(entry.name())) {
        throw new ModelFormatException("unexpected tensor " + entry.name());
      }

      List<Integer> shape = expected.get(entry.name()).shape();
      if (!entry.hasShape(shape)) {
        throw new ModelFormatException(
            "tensor %s has shape %s where the network has %s"
                .formatted(entry.name(), entry.shape(), shape));
      }
    }
    if (!missing.isEmpty()) {
      throw new ModelFormatException("missing tensors: " + String.join(", ", missing));
    }
  }

  private static void fill(InputStream in, VectorTensor tensor, byte[] block, FlatVector vector)
      throws IOException {
    for (int done = 0; done < tensor.size(); ) {
      int count = Math.min(tensor.size() - done, BLOCK_BYTES / Float.BYTES);
      int bytes = count * Float.BYTES;
      if (in.readNBytes(block, 0, bytes) < bytes) {
        throw new ModelFormatException("the file ends within tensor " + tensor.name());
      }
      vector.write(tensor.offset() + done, littleEndian(block, bytes).asFloatBuffer());
      done += count;
    }
  }

  /** Returns the JSON that follows the length. It never reads more bytes than a header may have. */
  static byte[] headerBytes(InputStream in) throws IOException {
    byte[] lengthBytes = in.readNBytes(LENGTH_BYTES);
    if (lengthBytes.length < LENGTH_BYTES) {
      throw new ModelFormatException("not a safetensors file: shorter than 8 bytes");
    }
    long length = littleEndian(lengthBytes, LENGTH_BYTES).getLong();
    if (length < 2 || length > SafetensorsHeader.LONGEST) {
      throw new ModelFormatException(
          "not a safetensors file: a header of " + Long.toUnsignedString(length) + " bytes");
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw new ModelFormatException("the file ends within its header; fetch it again");
    }
    return header;
  }

  private static ByteBuffer littleEndian(byte[] bytes, int length) {
    return ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
