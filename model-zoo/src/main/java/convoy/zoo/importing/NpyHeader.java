package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.format.NumberType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array (NEP 1): a magic word, a version, a length, and a Python dictionary
 * with exactly three entries.
 *
 * @param bytes of the header itself, including the magic word
 */
record NpyHeader(
    NumberType type, ByteOrder order, boolean columnMajor, List<Integer> shape, int bytes) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /**
   * The largest dictionary in bytes. NumPy itself refuses more than 10,000 unless it is told
   * otherwise.
   */
  private static final int LONGEST = 1 << 16;

  private static final String NUMBERS = "convert the array with astype('float32')";
  private static final String OBJECTS =
      "these are Python objects: give each array a name of its own, numpy.savez('FILE.npz',"
          + " **arrays)";

  private static final Pattern DESCR = Pattern.compile("'descr': '([<>|=])(\\w+)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order': (True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape': \\(([\\d, L]*)\\)");
  private static final Map<String, NumberType> TYPES =
      Map.of("f2", NumberType.F16, "f4", NumberType.F32, "f8", NumberType.F64);

  /**
   * Reads a header and nothing that follows it.
   *
   * @param tensor the array's name, for error messages
   * @throws ModelFormatException when the header is damaged, or the values are not floating-point
   *     numbers
   */
  static NpyHeader read(String tensor, InputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2
        || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
      throw new ModelFormatException(
          "tensor " + tensor + " is no NumPy array; write the file with numpy.savez");
    }

    int version = start[MAGIC.length];
    int width = version == 1 ? Short.BYTES : Integer.BYTES;
    byte[] lengthBytes = in.readNBytes(width);
    ByteBuffer length = ByteBuffer.wrap(Arrays.copyOf(lengthBytes, Integer.BYTES));
    int count = length.order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (version < 1 || version > 3 || count < 0 || count > LONGEST) {
      throw new ModelFormatException(
          "tensor %s: a NumPy header of version %d and %d bytes; write the file again with numpy.savez"
              .formatted(tensor, version, Integer.toUnsignedLong(count)));
    }

    byte[] dictionary = in.readNBytes(count);
    if (lengthBytes.length < width || dictionary.length < count) {
      throw new ModelFormatException(
          "tensor " + tensor + " ends within its header; write the file again");
    }

    return parse(
        tensor, new String(dictionary, StandardCharsets.UTF_8), start.length + width + count);
  }

  private static NpyHeader parse(String tensor, String dictionary, int bytes)
      throws ModelFormatException {
    String descr = find(tensor, DESCR, dictionary, 2);
    if (!TYPES.containsKey(descr)) {
      throw new ModelFormatException(
          "tensor %s holds numbers of type %s; float32, float64 and float16 can be read; %s"
              .formatted(tensor, descr, remedy(descr)));
    }

    List<Long> shape = new ArrayList<>();
    for (String side : find(tensor, SHAPE, dictionary, 1).split("[ ,L]+", -1)) {
      if (!side.isEmpty()) {
        shape.add(side.length() > 18 ? Long.MAX_VALUE : Long.parseLong(side));
      }
    }

    return new NpyHeader(
        TYPES.get(descr),
        find(tensor, DESCR, dictionary, 1).equals(">")
            ? ByteOrder.BIG_ENDIAN
            : ByteOrder.LITTLE_ENDIAN,
        find(tensor, ORDER, dictionary, 1).equals("True"),
        StatedShapes.of(tensor, shape),
        bytes);
  }

  private static String remedy(String type) {
    return switch (type) {
      case "O" -> OBJECTS;
      case "f16" -> "f16 has 16 bytes: " + NUMBERS;
      default -> NUMBERS;
    };
  }

  private static String find(String tensor, Pattern entry, String dictionary, int group)
      throws ModelFormatException {
    Matcher matcher = entry.matcher(dictionary);
    if (!matcher.find()) {
      throw new ModelFormatException(
          "tensor %s has a NumPy header without %s: %s; write a plain array of floating-point numbers"
              .formatted(
                  tensor,
                  entry.pattern().substring(1, entry.pattern().indexOf('\'', 1)),
                  dictionary.strip()));
    }

    return matcher.group(group);
  }

  /** Returns the number of bytes that the values take. */
  long dataBytes() {
    return shape.stream().mapToLong(Integer::longValue).reduce(type.bytes(), (a, b) -> a * b);
  }
}
