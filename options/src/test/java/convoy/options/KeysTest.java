package convoy.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Key<String> NAME =
      Key.of("name", Kinds.word(List.of("step", "poly")), "step", "The shape of the curve.");
  private static final Key<Double> RATE =
      Key.of("learningRate", Kinds.positive(1000), 0.01, "The rate at the beginning.");
  private static final Key<Double> FACTOR = Key.of("factor", Kinds.positive(1), 0.1, "The drop.");
  private static final Key<Double> POWER = Key.of("power", Kinds.positive(100), 0.5, "The bend.");
  private static final Key<Integer> CORES =
      Key.of("cores", Kinds.wordOr("auto", Kinds.whole(1, 1024)), null, "Cores of a worker.");
  private static final Key<Integer> SIZE = Key.required("size", Kinds.whole(1, 9), "A side.");
  private static final Keys SCHEDULE =
      Keys.of(NAME, RATE)
          .choosing(NAME, Map.of("step", Keys.of(FACTOR), "poly", Keys.of(POWER, FACTOR)));

  @Test
  void whatIsNotGivenHasItsDefault() {
    Settings settings = SCHEDULE.settings(Map.of("learningRate", "5e-3"));

    assertThat(settings.get(RATE)).isEqualTo(0.005);
    assertThat(settings.get(NAME)).isEqualTo("step");
    assertThat(settings.get(FACTOR)).isEqualTo(0.1);
    assertThat(settings.values().keySet()).containsExactly("name", "learningRate", "factor");
  }

  @Test
  void allProblemsComeAtOnceAndWhatIsWrongHasItsDefault() {
    List<String> problems = new ArrayList<>();
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("factor", 2);
    given.put("learningRat", 1);
    given.put("name", null);

    Settings settings = SCHEDULE.parse("schedule.", given, problems);

    assertThat(settings.get(FACTOR)).isEqualTo(0.1);
    assertThat(problems)
        .containsExactly(
            "schedule.name: an empty value is unknown, known are step, poly",
            "schedule.factor: '2' is not a number above 0 and up to 1",
            "schedule.learningRat: unknown key, did you mean 'learningRate'?");
  }

  @Test
  void theKeyOfSomethingThatIsNotChosenIsAnErrorThatNamesItsOwner() {
    List<String> problems = new ArrayList<>();

    SCHEDULE.parse("schedule.", Map.of("name", "step", "power", 2), problems);

    assertThat(problems).containsExactly("schedule.power belongs to poly; leave it out");
  }

  @Test
  void aStoredFileMayHoldTheKeysOfWhatIsNotChosen() {
    List<String> problems = new ArrayList<>();

    Settings settings =
        SCHEDULE.parseStored("schedule.", Map.of("name", "step", "power", 2), problems);

    assertThat(problems).isEmpty();
    assertThat(settings).isEqualTo(SCHEDULE.defaults());
  }

  @Test
  void underAnUnknownChoiceNoKeyOfAnyChoiceIsAProblem() {
    List<String> problems = new ArrayList<>();

    SCHEDULE.parse("", Map.of("name", "poli", "power", 2), problems);

    assertThat(problems)
        .containsExactly("name: 'poli' is unknown, known are step, poly; did you mean 'poly'?");
  }

  @Test
  void aRequiredKeyIsMissed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keys.of(SIZE).settings(Map.of()))
        .withMessage("size: missing, needed is a whole number from 1 to 9");
  }

  @Test
  void anAbsentValueIsWrittenAsItsWordAndReadBack() {
    Keys keys = Keys.of(CORES);

    assertThat(keys.written(keys.defaults())).isEqualTo(Map.of("cores", "auto"));
    assertThat(keys.settings(Map.of("cores", "auto"))).isEqualTo(keys.defaults());
    assertThat(keys.settings(Map.of("cores", "3")).get(CORES)).isEqualTo(3);
  }

  @Test
  void onlyTheDefaultOfAFeatureThatIsNotBuiltIsTaken() {
    Key<String> wire = Key.defaultOnly("wire", Kinds.text(), "fp32", "How vectors travel.");

    assertThat(Keys.of(wire).settings(Map.of("wire", "fp32")).get(wire)).isEqualTo("fp32");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keys.of(wire).settings(Map.of("wire", "bf16")))
        .withMessage("wire: 'bf16' is not supported yet, only 'fp32'");
  }

  @Test
  void settingsTravelAndAreEqualByValue() throws Exception {
    Settings settings = SCHEDULE.settings(Map.of("factor", new BigDecimal("0.5")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(settings);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(settings).isNotEqualTo(SCHEDULE.defaults());
    }

    assertThat(SCHEDULE.defaults().with(FACTOR, 0.5)).isEqualTo(settings);
  }

  @Test
  void aKeyOfSomethingElseIsNoSetting() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SCHEDULE.defaults().get(POWER))
        .withMessage("no setting power; there are name, learningRate, factor");
  }

  @Test
  void listsAndMapsAreShownAsJson() {
    Map<String, Object> given = new HashMap<>();
    given.put("size", List.of(Map.of("a", "b"), 2));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Keys.of(SIZE).settings(given))
        .withMessage("size: '[{\"a\":\"b\"},2]' is not a whole number from 1 to 9");
  }
}
