package convoy.data.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {
  @Test
  void noTwoPlacesInARunShareASeed() {
    Set<Long> seeds = new HashSet<>();
    for (int seed = 0; seed < 5; seed++) {
      for (int epoch = 0; epoch < 5; epoch++) {
        for (int round = 0; round < 20; round++) {
          for (int worker = 0; worker < 5; worker++) {
            seeds.add(Seeds.ofRound(seed, epoch, round, worker));
          }

          seeds.add(Seeds.ofExample(seed, epoch, round));
          seeds.add(Seeds.ofWindow(seed, epoch, round));
        }

        seeds.add(Seeds.ofRowGroups(seed, epoch));
      }
    }

    assertThat(seeds).hasSize(5 * 5 * (20 * (5 + 2) + 1));
  }

  @Test
  void seedsAreThoseOfTheFirstVersion() {
    assertThat(Seeds.ofRound(42, 3, 7, 1)).isEqualTo(-6827603464577229637L);
    assertThat(Seeds.ofExample(42, 3, 7)).isEqualTo(3448507639737163372L);
  }

  @Test
  void theGeneratorIsSplitMix64() {
    // This is the published test vector for the seed 1234567.
    SplitMix64 random = new SplitMix64(1234567);
    assertThat(random.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(random.nextLong()).isEqualTo(3203168211198807973L);
  }
}
