package convoy.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> MODELS = List.of("lenet5", "lenet5-modern", "alexnet");

  @Test
  void aMistypedNameFindsItsNeighbour() {
    assertThat(Suggestions.nearest("LeNet-5", MODELS)).contains("lenet5");
    assertThat(Suggestions.nearest("alexnte", MODELS)).contains("alexnet");
  }

  @Test
  void somethingElseFindsNothing() {
    assertThat(Suggestions.nearest("resnet152", MODELS)).isEmpty();
  }

  @Test
  void swappedLettersAreOneMistake() {
    assertThat(Suggestions.distance("trian", "train")).isEqualTo(1);
    assertThat(Suggestions.distance("", "abc")).isEqualTo(3);
  }

  @Test
  void caseAndDashesDoNotCount() {
    assertThat(Suggestions.nearest("random-crop", List.of("flip", "randomCrop")))
        .contains("randomCrop");
  }

  @Test
  void aShortWordMustBeNearer() {
    assertThat(Suggestions.nearest("vgg", List.of("vgg11", "alexnet"))).contains("vgg11");
    assertThat(Suggestions.nearest("vla", List.of("val", "train"))).contains("val");
    assertThat(Suggestions.nearest("tex", List.of("val", "pad"))).isEmpty();
  }
}
