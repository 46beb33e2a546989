package convoy.jobs.train.sync;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.jobs.exchange.Slice;
import convoy.jobs.exchange.SliceRule.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
  private static final Statistics STATISTICS =
      new Statistics(List.of(new Statistics.Range(2, 4), new Statistics.Range(9, 12)));
  private static final Slice MEAN = Slice.of(new float[] {1, 2, 3, 4, 5});
  private static final Slice NEXT = Slice.of(new float[] {-1, -2, -3, -4, -5});

  @Test
  void statisticsAreTheMeanWhereverASliceBegins() {
    assertThat(averaged(0)).containsExactly(-1, -2, 3, 4, -5);
    assertThat(averaged(3)).containsExactly(1, -2, -3, -4, -5);
    assertThat(averaged(5)).containsExactly(-1, -2, -3, -4, 5);
    assertThat(averaged(7)).containsExactly(-1, -2, 3, 4, 5);
    assertThat(averaged(12)).containsExactly(-1, -2, -3, -4, -5);
    assertThat(NEXT.toArray()).as("what the rule gave").containsExactly(-1, -2, -3, -4, -5);
  }

  @Test
  void theMeanItselfStaysWhatItIs() {
    assertThat(STATISTICS.averaged(new At(0), MEAN, MEAN)).isSameAs(MEAN);
  }

  private static float[] averaged(int offset) {
    return STATISTICS.averaged(new At(offset), MEAN, NEXT).toArray();
  }

  private record At(int offset) implements Place {
    @Override
    public String vector() {
      return "parameters";
    }

    @Override
    public Slice before() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Slice own(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
