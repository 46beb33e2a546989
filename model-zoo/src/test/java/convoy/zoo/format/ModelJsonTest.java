package convoy.zoo.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.graph.Architecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelJsonTest {
  @Test
  void aFileOfVersion1LoadsAsThePapersForm() throws IOException {
    ModelDescription description = read(sample(1));
    assertThat(description.options()).isEqualTo(new Architecture.Options(2, 32, 3, -1, "paper"));
    assertThat(description.formatVersion()).isEqualTo(ModelDescription.FORMAT_VERSION);
    assertThat(description.classes()).isEqualTo(read(sample(2)).classes());
    assertThat(description.preprocessing()).isEqualTo(read(sample(2)).preprocessing());
  }

  @Test
  void aFileOfVersion2LoadsAndIsWrittenAsItWas() throws IOException {
    String sample = sample(2);
    ModelDescription description = read(sample);
    assertThat(description.options())
        .isEqualTo(new Architecture.Options(2, 32, 3, -1, "paper", "small", true));
    assertThat(description.classes().get(1))
        .isEqualTo(new ModelDescription.ClassName(1, "größe", null));
    assertThat(description.preprocessing().path("mean").path(2).doubleValue()).isEqualTo(104.25);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModelJson.write(out, description, StoredWeights.UNKNOWN);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(sample);
  }

  @Test
  void unknownFieldsArePassedOver() throws IOException {
    String extended =
        sample()
            .replace("\"formatVersion\"", "\"later\": {\"x\": 1}, \"formatVersion\"")
            .replace("\"label\" : 0,", "\"label\" : 0, \"colour\": \"green\",");
    assertThat(read(extended)).isEqualTo(read(sample()));
  }

  @Test
  void aNewerVersionIsRefusedInOneLine() throws IOException {
    assertRefused(
        sample(2).replace("\"formatVersion\" : 2", "\"formatVersion\" : 3"),
        "formatVersion 3 is newer than the 2 that this version of Convoy reads");
  }

  @Test
  void whatIsNoDescriptionIsRefused() throws IOException {
    assertRefused("", "no model description");
    assertRefused("{}", "no model description: formatVersion is missing");
    assertRefused("{\"formatVersion\": 1", "no model description: it is cut or no JSON (line 1)");
    assertRefused("{\"formatVersion\": 1}", "no model description");
    assertRefused(
        sample().replace("\"dropout\" : -1.0,", ""),
        "no model description: options.dropout is missing or has the wrong form");
    assertRefused(sample().replace("\"form\" : \"small\",", ""), "no model description");
    assertRefused(sample().replace("\"small\"", "\"tiny\""), "no model description");
    assertRefused(sample().replace("\"label\" : 1", "\"label\" : 0"), "no model description");
    assertRefused(sample().replace("\"classes\" : 2", "\"classes\" : 3"), "no model description");
  }

  private static void assertRefused(String text, String message) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> read(text))
        .withMessageStartingWith(message);
  }

  private static ModelDescription read(String text) throws IOException {
    return ModelJson.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String sample() throws IOException {
    return sample(ModelDescription.FORMAT_VERSION);
  }

  private static String sample(int version) throws IOException {
    String name = "model-" + version + ".json";
    try (InputStream in = ModelJsonTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
