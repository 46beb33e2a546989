package convoy.data.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
  private static final Preprocessing SAMPLE =
      new Preprocessing(
          224,
          3,
          1.0 / 3,
          List.of(123.675, 116.28, 103.53),
          List.of(58.395, 57.12, 57.375),
          List.of(Map.of("resize", 256), Map.of("randomCrop", Map.of("size", 224, "padding", 4))));

  @Test
  void whatTravelsAsTextComesBackEqual() throws Exception {
    String text = SAMPLE.toJson().toString();

    assertThat(Preprocessing.fromJson(new ObjectMapper().readTree(text))).isEqualTo(SAMPLE);
  }

  @Test
  void theTextIsPlainAndOrdered() {
    Preprocessing luma =
        new Preprocessing(
            28, 1, 1, List.of(33.3), List.of(78.6), List.of(Map.of("centerCrop", 28)));

    assertThat(luma.toJson())
        .hasToString(
            "{\"inputSize\":28,\"inputChannels\":1,\"channelOrder\":\"rgb\",\"scale\":1.0,\"mean\":[33.3],\"std\":[78.6],"
                + "\"evaluation\":[{\"centerCrop\":28}]}");
  }

  @Test
  void withoutAnOrderRedIsFirst() {
    ObjectNode json = SAMPLE.toJson();
    json.remove("channelOrder");

    assertThat(Preprocessing.fromJson(json)).isEqualTo(SAMPLE);
  }

  @Test
  void anotherOrderTravelsAndAnUnknownOneIsNamed() {
    ObjectNode json = SAMPLE.toJson().put("channelOrder", "bgr");

    assertThat(Preprocessing.fromJson(json).channelOrder())
        .isEqualTo(Preprocessing.ChannelOrder.BGR);
    assertThat(Preprocessing.fromJson(json).toJson()).isEqualTo(json);
    assertThatThrownBy(() -> Preprocessing.fromJson(json.put("channelOrder", "gbr")))
        .hasMessage("preprocessing: channelOrder is gbr; needed: rgb or bgr");
  }

  @Test
  void aMissingFieldIsNamed() {
    ObjectNode json = SAMPLE.toJson();
    json.remove("std");

    assertThatThrownBy(() -> Preprocessing.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("preprocessing: std is missing");
  }

  @Test
  void valuesThatCannotBeAreNamed() {
    assertThatThrownBy(() -> new Preprocessing(0, 1, 1, List.of(0.0), List.of(1.0), List.of()))
        .hasMessage("preprocessing: inputSize is 0; needed: at least 1");
    assertThatThrownBy(() -> new Preprocessing(8, 2, 1, List.of(0.0), List.of(1.0), List.of()))
        .hasMessage("preprocessing: inputChannels is 2; needed: 1 or 3");
    assertThatThrownBy(() -> new Preprocessing(8, 1, 0, List.of(0.0), List.of(1.0), List.of()))
        .hasMessageContaining("scale is 0.0");
    assertThatThrownBy(() -> new Preprocessing(8, 3, 1, List.of(0.0), List.of(1.0), List.of()))
        .hasMessage("preprocessing: mean is [0.0]; needed: one number for each of 3 channels");
    assertThatThrownBy(() -> new Preprocessing(8, 1, 1, List.of(0.0), List.of(0.0), List.of()))
        .hasMessageContaining("std is [0.0]; needed: one number above 0");
  }
}
