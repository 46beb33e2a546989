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

  @Test
  void cosineFallsFromTheRateToItsFloorAndIsHalfwayInTheMiddle() {
    Schedule schedule = schedule("schedule.name=cosine", "schedule.floor=0.1");
    assertThat(schedule.learningRate(0)).isEqualTo(0.1);
    assertThat(schedule.learningRate(15)).isCloseTo(0.055, within(1e-15));
    assertThat(schedule.learningRate(30)).isCloseTo(0.01, within(1e-15));
    // cos(pi / 3) is a half: a third of the way is a quarter of the fall.
    assertThat(schedule.learningRate(10)).isCloseTo(0.1 - 0.09 / 4, within(1e-15));
  }

  @Test
  void cosineWithoutAFloorEndsAtZero() {
    Schedule schedule = schedule("schedule.name=cosine");
    assertThat(schedule.learningRate(30)).isZero();
    assertThat(schedule.learningRate(31)).isZero();
  }

  @Test
  void cosineRisesInAStraightLineWhileItWarmsUpAndFallsFromThereOn() {
    Schedule schedule = schedule("schedule.name=cosine", "schedule.warmupEpochs=6");
    for (int part = 0; part <= 24; part++) {
      assertThat(schedule.learningRate(part * 0.25)).isCloseTo(0.1 * part / 24, within(1e-15));
    }

    for (double epoch = 6; epoch < 30; epoch += 0.25) {
      assertThat(schedule.learningRate(epoch + 0.25)).isLessThan(schedule.learningRate(epoch));
    }

    assertThat(schedule.learningRate(18)).isCloseTo(0.05, within(1e-15));
    assertThat(schedule.highestFrom(0)).isEqualTo(0.1);
    assertThat(schedule.highestFrom(18)).isEqualTo(schedule.learningRate(18));
  }

  @Test
  void aWarmUpAsLongAsTheRunIsAllThereIs() {
    Schedule schedule = schedule("schedule.name=cosine", "schedule.warmupEpochs=30");
    assertThat(schedule.learningRate(15)).isCloseTo(0.05, within(1e-15));
    assertThat(schedule.learningRate(30)).isZero();
  }

  private static Schedule schedule(String... values) {
    List<String> all = new ArrayList<>(List.of(values));
    all.add("schedule.learningRate=0.1");
    return Schedules.of(Recipes.read("model: {name: lenet5-modern}", all).schedule(), 30);
  }
}
