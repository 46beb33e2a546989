package convoy.data.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a network expects of a picture, as plain values that model.json stores: network input =
 * (pixel in 0..255 * scale - mean) / std per channel.
 *
 * @param inputSize side of the square network input, in pixels
 * @param inputChannels 1 (luma) or 3 (RGB)
 * @param mean of each channel, after the scale
 * @param std of each channel, after the scale
 * @param evaluation transforms of evaluation and scoring as one-entry maps; if empty, the short
 *     side is resized to the input size and the middle square is cut out
 * @param channelOrder of the input's channels, and so of mean and std; it doesn't affect gray
 */
public record Preprocessing(
    int inputSize,
    int inputChannels,
    double scale,
    List<Double> mean,
    List<Double> std,
    List<Map<String, Object>> evaluation,
    ChannelOrder channelOrder) {
  /** The order of the colours; OpenCV and Caffe use BGR. */
  public enum ChannelOrder {
    RGB,
    BGR
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FIELDS =
      List.of("inputSize", "inputChannels", "scale", "mean", "std", "evaluation");

  public Preprocessing {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    evaluation = evaluation.stream().map(Map::copyOf).toList();
    check(inputSize >= 1, "inputSize", inputSize, "at least 1");
    check(inputChannels == 1 || inputChannels == 3, "inputChannels", inputChannels, "1 or 3");
    check(isNumber(scale) && (float) scale != 0, "scale", scale, "a number other than 0");
    check(
        mean.size() == inputChannels && mean.stream().allMatch(Preprocessing::isNumber),
        "mean",
        mean,
        "one number for each of " + inputChannels + " channels");
    check(
        std.size() == inputChannels
            && std.stream().allMatch(s -> (float) (double) s > 0 && isNumber(s)),
        "std",
        std,
        "one number above 0 for each of " + inputChannels + " channels");
  }

  /** Creates preprocessing with red first. */
  public Preprocessing(
      int inputSize,
      int inputChannels,
      double scale,
      List<Double> mean,
      List<Double> std,
      List<Map<String, Object>> evaluation) {
    this(inputSize, inputChannels, scale, mean, std, evaluation, ChannelOrder.RGB);
  }

  /** Pixels are computed in float. */
  private static boolean isNumber(double value) {
    return Float.isFinite((float) value);
  }

  private static void check(boolean good, String name, Object value, String needed) {
    if (!good) {
      throw new IllegalArgumentException(
          "preprocessing: " + name + " is " + value + "; needed: " + needed);
    }
  }

  /** Returns which of red, green and blue (0, 1, 2) a channel of the network's input is. */
  public int colour(int channel) {
    return channelOrder == ChannelOrder.BGR ? inputChannels - 1 - channel : channel;
  }

  /** Returns the JSON that model.json stores. */
  public ObjectNode toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put("inputSize", inputSize);
    json.put("inputChannels", inputChannels);
    json.put("channelOrder", channelOrder.name().toLowerCase(Locale.ROOT));
    json.put("scale", scale);
    json.set("mean", JSON.valueToTree(mean));
    json.set("std", JSON.valueToTree(std));
    json.set("evaluation", JSON.valueToTree(evaluation));
    return json;
  }

  /**
   * Reads what {@link #toJson} wrote. A missing channelOrder is accepted, because models of version
   * 0.1 have none.
   *
   * @throws IllegalArgumentException naming the field that is missing or wrong
   */
  public static Preprocessing fromJson(JsonNode json) {
    for (String field : FIELDS) {
      check(json.hasNonNull(field), field, "missing", String.join(", ", FIELDS));
    }

    return new Preprocessing(
        json.get("inputSize").asInt(),
        json.get("inputChannels").asInt(),
        json.get("scale").asDouble(),
        JSON.convertValue(json.get("mean"), new TypeReference<List<Double>>() {}),
        JSON.convertValue(json.get("std"), new TypeReference<List<Double>>() {}),
        JSON.convertValue(
            json.get("evaluation"), new TypeReference<List<Map<String, Object>>>() {}),
        channelOrder(json.path("channelOrder").asText("rgb")));
  }

  private static ChannelOrder channelOrder(String name) {
    for (ChannelOrder order : ChannelOrder.values()) {
      if (order.name().equalsIgnoreCase(name)) {
        return order;
      }
    }

    throw new IllegalArgumentException(
        "preprocessing: channelOrder is " + name + "; needed: rgb or bgr");
  }
}
