package convoy.zoo.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The JSON header of a safetensors file. It maps each name to a dtype, a shape and a byte range.
 */
final class SafetensorsHeader {
  /** The largest header in bytes, which leaves room for 40,000 tensors. */
  static final int LONGEST = 4 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  private SafetensorsHeader() {}

  /**
   * Returns the header for tensors that follow one another. It is filled up with spaces to a
   * multiple of 8 bytes.
   */
  static byte[] encode(List<VectorTensor> tensors) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    long begin = 0;
    for (VectorTensor tensor : tensors) {
      long end = begin + (long) Float.BYTES * tensor.size();
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", "F32");
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }

    byte[] json = JSON.writeValueAsBytes(header);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] bytes = Arrays.copyOf(json, padded);
    Arrays.fill(bytes, json.length, padded, (byte) ' ');
    return bytes;
  }

  /**
   * Returns the tensors in the order of their bytes. They must follow one another without gap or
   * overlap.
   *
   * @throws ModelFormatException when the header breaks the format or has a tensor of another type
   */
  static List<SafetensorsFile.Tensor> parse(byte[] bytes, Set<NumberType> types)
      throws ModelFormatException {
    List<SafetensorsFile.Tensor> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : object(bytes).properties()) {
      if (!field.getKey().equals(METADATA)) {
        entries.add(entry(field.getKey(), field.getValue(), types));
      }
    }

    entries.sort(
        Comparator.comparingLong(SafetensorsFile.Tensor::begin)
            .thenComparingLong(SafetensorsFile.Tensor::end));
    long end = 0;
    for (SafetensorsFile.Tensor entry : entries) {
      if (entry.begin() != end) {
        throw new ModelFormatException(
            "tensor %s begins at byte %d, the one before ends at %d"
                .formatted(entry.name(), entry.begin(), end));
      }
      end = entry.end();
    }
    return entries;
  }

  private static JsonNode object(byte[] bytes) throws ModelFormatException {
    JsonNode header;
    try {
      header = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException problem) {
      throw new ModelFormatException(
          "the header is no JSON: " + problem.getOriginalMessage() + "; fetch the file again",
          problem);
    }
    if (!header.isObject()) {
      throw new ModelFormatException("the header is no JSON object");
    }
    return header;
  }

  private static SafetensorsFile.Tensor entry(String name, JsonNode node, Set<NumberType> types)
      throws ModelFormatException {
    NumberType type = type(name, node.path("dtype").asText("none"), types);
    List<Long> shape = numbers(name, node, "shape");
    List<Long> range = numbers(name, node, "data_offsets");
    if (range.size() != 2 || range.get(0) > range.get(1)) {
      throw new ModelFormatException("tensor " + name + " has data_offsets " + range);
    }
    if (byteLength(name, type, shape) != range.get(1) - range.get(0)) {
      throw new ModelFormatException(
          "tensor %s of shape %s has data_offsets %s".formatted(name, shape, range));
    }
    return new SafetensorsFile.Tensor(name, type, shape, range.get(0), range.get(1));
  }

  private static NumberType type(String name, String dtype, Set<NumberType> types)
      throws ModelFormatException {
    for (NumberType type : types) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }

    throw new ModelFormatException(
        "tensor %s has dtype %s, not %s"
            .formatted(
                name,
                dtype,
                types.stream().sorted().map(NumberType::name).collect(Collectors.joining(", "))));
  }

  private static List<Long> numbers(String name, JsonNode node, String field)
      throws ModelFormatException {
    JsonNode array = node.path(field);
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      if (!number.canConvertToLong() || !number.isIntegralNumber() || number.longValue() < 0) {
        throw new ModelFormatException("tensor " + name + " has " + field + " with " + number);
      }
      numbers.add(number.longValue());
    }
    if (!array.isArray()) {
      throw new ModelFormatException("tensor " + name + " has no " + field);
    }
    return numbers;
  }

  private static long byteLength(String name, NumberType type, List<Long> shape)
      throws ModelFormatException {
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException overflow) {
      throw new ModelFormatException("tensor " + name + " has shape " + shape, overflow);
    }
  }
}
