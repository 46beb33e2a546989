package convoy.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void theHighestComesFirstAndOfEqualOnesTheLowestLabel() {
    assertThat(Ranking.top(new float[] {0.2f, 0.4f, 0.2f, 0.2f}, 3)).containsExactly(1, 0, 2);
  }

  @Test
  void fewerClassesThanAskedGiveAllOfThem() {
    assertThat(Ranking.top(new float[] {0.3f, 0.7f}, 5)).containsExactly(1, 0);
  }

  @Test
  void nanComesLast() {
    assertThat(Ranking.top(new float[] {Float.NaN, 0, Float.NaN, 1}, 4))
        .containsExactly(3, 1, 0, 2);
  }

  @Test
  void topAndRankAgreeWithASort() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      float[] values = new float[1 + random.nextInt(20)];
      for (int k = 0; k < values.length; k++) {
        values[k] = random.nextInt(6);
      }

      List<Integer> sorted =
          IntStream.range(0, values.length)
              .boxed()
              .sorted(Comparator.comparing((Integer k) -> -values[k]).thenComparing(k -> k))
              .toList();
      int k = 1 + random.nextInt(8);
      assertThat(Ranking.top(values, k))
          .containsExactly(sorted.stream().limit(k).mapToInt(Integer::intValue).toArray());
      int label = random.nextInt(values.length);
      assertThat(Ranking.rank(values, label)).isEqualTo(sorted.indexOf(label));
    }
  }
}
