package convoy.zoo.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import convoy.zoo.Zoo;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KerasMatchTest {
  private static final Architecture ARCHITECTURE = Zoo.architecture("lenet5-modern");
  private static final Graph GRAPH = ARCHITECTURE.graph(ARCHITECTURE.defaults());

  /**
   * A configuration of Keras 2 as {@code model.to_json()} writes it, without what inference doesn't
   * need.
   */
  static final String CONFIG =
      """
      {"class_name": "Sequential", "config": {"layers": [
      {"class_name": "Conv2D", "config": {"name": "c1", "batch_input_shape": [null, 28, 28, 1],
        "filters": 6, "kernel_size": [5, 5], "strides": [1, 1], "padding": "same",
        "data_format": "channels_last", "activation": "relu"}},
      {"class_name": "MaxPooling2D", "config": {"name": "p1", "pool_size": [2, 2],
        "padding": "valid", "strides": [2, 2], "data_format": "channels_last"}},
      {"class_name": "Conv2D", "config": {"name": "c2", "filters": 16, "kernel_size": [5, 5],
        "strides": [1, 1], "padding": "valid", "data_format": "channels_last",
        "activation": "linear"}},
      {"class_name": "Activation", "config": {"name": "a2", "activation": "relu"}},
      {"class_name": "MaxPooling2D", "config": {"name": "p2", "pool_size": [2, 2],
        "padding": "valid", "strides": null, "data_format": "channels_last"}},
      {"class_name": "Flatten", "config": {"name": "f", "data_format": "channels_last"}},
      {"class_name": "Dense", "config": {"name": "d3", "units": 120, "activation": "relu"}},
      {"class_name": "Dropout", "config": {"name": "drop", "rate": 0.5}},
      {"class_name": "Dense", "config": {"name": "d4", "units": 84, "activation": "relu"}},
      {"class_name": "Dense", "config": {"name": "d5", "units": 10, "activation": "softmax"}}]}}
      """;

  @Test
  void equalLayersMatchInWhateverWordsTheyAreWritten() throws ModelFormatException {
    file(CONFIG).check(GRAPH);
    // This is how Keras 1 writes it.
    file(CONFIG
            .replace("\"filters\"", "\"nb_filter\"")
            .replace("\"kernel_size\": [5, 5]", "\"nb_row\": 5, \"nb_col\": 5")
            .replace("\"padding\"", "\"border_mode\"")
            .replace("\"data_format\": \"channels_last\"", "\"dim_ordering\": \"tf\"")
            .replace("\"units\"", "\"output_dim\"")
            .replace("Conv2D", "Convolution2D"))
        .check(GRAPH);
    // Here a layer of its own adds the zeros.
    file(CONFIG
            .replace("\"padding\": \"same\"", "\"padding\": \"valid\"")
            .replace(
                "{\"class_name\": \"Conv2D\", \"config\": {\"name\": \"c1\", \"batch",
                "{\"class_name\": \"ZeroPadding2D\", \"config\": {\"name\": \"z\", "
                    + "\"padding\": [[2, 2], [2, 2]], \"batch_input_shape\": [null, 28, 28, 1]}},"
                    + "{\"class_name\": \"Conv2D\", \"config\": {\"name\": \"c1\", \"batch"))
        .check(GRAPH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "padding": "same" | "padding": "valid" | layer c1 has padding 0 x 0, conv1 of lenet5-modern has 2 x 2
          "padding": "same" | "padding": "causal" | layer c1 has padding causal; known are valid and same
          "filters": 16 | "filters": 20 | layer c2 has outputs 20, conv2 of lenet5-modern has 16
          "filters": 16 | "filters": "x" | layer c2 has filters "x"
          "strides": [2, 2] | "strides": [3, 2] | layer p1 has stride 3 x 2, pool1 of lenet5-modern has 2 x 2
          "pool_size": [2, 2] | "pool_size": [3, 2] | layer p1 has kernel 3 x 2, pool1 of lenet5-modern has 2 x 2
          "kernel_size": [5, 5] | "kernel_size": [5, 3] | layer c1 has kernel 5 x 3, conv1 of lenet5-modern has 5 x 5
          "MaxPooling2D" | "AveragePooling2D" | layer p1 has kind averagePooling, pool1 of lenet5-modern has maxPooling
          "MaxPooling2D" | "BatchNormalization" | layer p1 has kind BatchNormalization, pool1 of lenet5-modern has maxPooling
          "activation": "relu"}} | "activation": "tanh"}} | layer c1 has activation tanh, conv1 of lenet5-modern has relu
          "activation": "softmax" | "activation": "linear" | layer d5 has activation linear, fc5 of lenet5-modern has softmax
          "activation": "linear" | "activation": "relu" | layer a2 is an activation (relu) after c2, which has one or can't have one
          "units": 10, | "units": 11, | layer d5 has outputs 11, fc5 of lenet5-modern has 10
          "units": 84 | "units": -1 | layer d4 has units -1
          "strides": [1, 1], "padding": "same" | "dilation_rate": 2, "padding": "same" | layer c1 has padding 4 x 4, conv1 of lenet5-modern has 2 x 2
          "strides": [1, 1], "padding": "same" | "groups": 3, "padding": "same" | layer c1 has groups 3, conv1 of lenet5-modern has 1
          "filters": 16 | "use_bias": false, "filters": 16 | layer c2 has bias false, conv2 of lenet5-modern has true
          [null, 28, 28, 1] | [null, 32, 32, 1] | the file's network takes 1 x 32 x 32, lenet5-modern takes 1 x 28 x 28; give another input size
          {"class_name": "Flatten" | {"class_name": "Dropout" | layer d3 sees each of 5 x 5 places separately, because no Flatten comes before it
          "name": "f", "data_format": "channels_last" | "name": "f", "data_format": "channels_first" | layer f flattens as channels_first what is channels_last
          {"class_name": "Dense", "config": {"name": "d5", | {"class_name": "Dropout", "config": {"name": "d5", | layer fc5 of lenet5-modern has no counterpart: the file's layers end before it
          {"class_name": "Dropout" | {"class_name": "Permute" | layer drop has kind Permute, fc4 of lenet5-modern has fullyConnected
          "Sequential" | "Model" | layer p1 has 0 inputs; only networks without branches are read from Keras
          "layers" | "lairs" | model_config has no layers
          {"class_name": "Sequential" | {"class_name: "Sequential" | model_config is no JSON
          """)
  void aLayerThatDiffersIsNamedWithBothValues(String text, String other, String message) {
    assertThat(CONFIG).contains(text);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> file(CONFIG.replaceFirst(quoted(text), other)).check(GRAPH))
        .withMessageStartingWith(message);
  }

  private static String quoted(String text) {
    return Pattern.quote(text);
  }

  @Test
  void aFunctionalModelIsFollowedFromItsInput() throws ModelFormatException {
    String config =
        """
        {"class_name": "Functional", "config": {"layers": [
        {"name": "b", "class_name": "Dense", "config": {"name": "b"},
          "inbound_nodes": [{"args": [{"config": {"keras_history": ["a", 0, 0]}}]}]},
        {"name": "in", "class_name": "InputLayer", "config": {"batch_shape": [null, 8, 9, 3]},
          "inbound_nodes": []},
        {"name": "a", "class_name": "Dense", "config": {"name": "a"},
          "inbound_nodes": [[["in", 0, 0, {}]]]}]}}
        """;

    KerasModel model = KerasModel.parse(config);
    assertThat(model.layers()).extracting(KerasLayer::name).containsExactly("in", "a", "b");
    assertThat(model.input()).contains(new Shape(3, 8, 9));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> KerasModel.parse(config.replace("[\"a\", 0, 0]", "[\"in\", 0, 0]")))
        .withMessageContaining("layer in is followed by");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> KerasModel.parse(config.replace("[\"a\", 0, 0]", "[\"b\", 0, 0]")))
        .withMessage("the layers of model_config are not connected");
  }

  @Test
  void weightsTakeTheOrderOfTheZoo() throws ModelFormatException {
    Map<String, SourceTensor> tensors = tensors(file(CONFIG));

    assertThat(tensors.get("conv2.weight").view().words()).isEqualTo("HWIO to OIHW");
    assertThat(tensors.get("conv2.weight").view().shape()).containsExactly(16, 6, 5, 5);
    // This is the second value of output 0, channel 0: row 0, column 1.
    assertThat(Tensors.values(tensors.get("conv2.weight"))[1]).isEqualTo(6 * 16);
    // The second place of channel 0 lies 16 channels further on, and so does the next weight of the
    // first output.
    assertThat(tensors.get("fc3.weight").view().words())
        .isEqualTo("[(H, W, C), out] to [out, (C, H, W)]");
    assertThat(Tensors.values(tensors.get("fc3.weight"))).startsWith(0, 16 * 120, 32 * 120);
    assertThat(Tensors.values(tensors.get("fc4.weight"))).startsWith(0, 84, 168);
    assertThat(Tensors.values(tensors.get("fc4.bias"))).startsWith(0, 1, 2);
  }

  @Test
  void channelsFirstPlanesAreFlattenedAsTheyLieUnlessKerasTurnsThem() throws ModelFormatException {
    String first =
        CONFIG
            .replace("channels_last", "channels_first")
            .replace("[null, 28, 28, 1]", "[null, 1, 28, 28]");
    file(first).check(GRAPH);

    assertThat(tensors(file(first)).get("fc3.weight").view().words())
        .isEqualTo("[(H, W, C), out] to [out, (C, H, W)]");
    // Before Keras 2.2, Flatten had no data_format and used the order in memory.
    String old =
        first.replace("\"name\": \"f\", \"data_format\": \"channels_first\"", "\"name\": \"f\"");
    assertThat(tensors(file(old)).get("fc3.weight").view().words())
        .isEqualTo("[in, out] to [out, in]");
  }

  @Test
  void kernelsOfTheanoAreTurned() throws ModelFormatException {
    KerasFile theano = new KerasFile(null, KerasModel.parse(CONFIG), true, stored());

    float[] kernel = Tensors.values(tensors(theano).get("conv1.weight"));
    assertThat(kernel[0]).isEqualTo(24 * 6);
    assertThat(kernel[24]).isZero();
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(
            () ->
                file(CONFIG
                        .replace("[null, 28, 28, 1]", "[null, 1, 28, 28]")
                        .replace("\"data_format\": \"channels_last\"", "\"dim_ordering\": \"th\""))
                    .tensors(GRAPH))
        .withMessageContaining("load and save the model with Keras 2");
  }

  private static KerasFile file(String config) throws ModelFormatException {
    return new KerasFile(null, KerasModel.parse(config), false, stored());
  }

  private static List<KerasFile.Stored> stored() {
    return List.of(
        Tensors.stored("c1/c1/kernel:0", 5, 5, 1, 6),
        Tensors.stored("c1/c1/bias:0", 6),
        Tensors.stored("c2/c2_W:0", 5, 5, 6, 16),
        Tensors.stored("c2/c2_b:0", 16),
        Tensors.stored("d3/d3/kernel", 400, 120),
        Tensors.stored("d3/d3/bias", 120),
        Tensors.stored("d4/kernel:0", 120, 84),
        Tensors.stored("d4/bias:0", 84),
        Tensors.stored("d5/deep/d5/kernel:0", 84, 10),
        Tensors.stored("d5/deep/d5/bias:0", 10));
  }

  /**
   * Returns the tensors by name. Matching has checked that all ten exist and have the right shape.
   */
  private static Map<String, SourceTensor> tensors(KerasFile file) throws ModelFormatException {
    return LayerMap.of(ParameterLayout.of(GRAPH), file.tensors(GRAPH)).rows().stream()
        .collect(Collectors.toMap(row -> row.target().name(), LayerMap.Row::source));
  }
}
