package convoy.jobs.train.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import convoy.jobs.recipe.Recipes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulesTest {
  @Test
  void constantStaysWhereItIs() {
    Schedule schedule = schedule("schedule.name=constant");
    assertThat(schedule.learningRate(0)).isEqualTo(0.1);
    assertThat(schedule.learningRate(29.9)).isEqualTo(0.1);
  }

  @Test
  void stepFallsAtWholeMultiplesOfItsEpochs() {
    Schedule schedule =
        schedule("schedule.name=step", "schedule.factor=0.1", "schedule.everyEpochs=10");
    assertThat(schedule.learningRate(9.99)).isEqualTo(0.1);
    assertThat(schedule.learningRate(10)).isCloseTo(0.01, within(1e-15));
    assertThat(schedule.learningRate(20)).isCloseTo(0.001, within(1e-15));
  }

  @Test
  void polyEndsAtZero() {
    Schedule schedule = schedule("schedule.name=poly", "schedule.power=2");
    assertThat(schedule.learningRate(0)).isEqualTo(0.1);
    assertThat(schedule.learningRate(15)).isCloseTo(0.025, within(1e-15));
    assertThat(schedule.learningRate(30)).isZero();
  }

  private static Schedule schedule(String... values) {
    List<String> all = new ArrayList<>(List.of(values));
    all.add("schedule.learningRate=0.1");
    all.add("training.epochs=30");
    return Schedules.of(Recipes.read("model: {name: lenet5-modern}", all));
  }
}
