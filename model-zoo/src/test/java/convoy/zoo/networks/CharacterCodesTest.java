package convoy.zoo.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterCodesTest {
  @Test
  void theDigitsKeepApart() {
    assertThat(smallestDistance(CharacterCodes.of(10))).isGreaterThanOrEqualTo(10);
  }

  @Test
  void aThousandCodesKeepApartAndAreTheSameEachTime() {
    List<List<Integer>> codes = CharacterCodes.of(1000);
    assertThat(codes).isEqualTo(CharacterCodes.of(1000)).hasSize(1000);
    assertThat(smallestDistance(codes)).isGreaterThanOrEqualTo(21);
  }

  @Test
  void codesArePlusAndMinusOneOn7By12Places() {
    for (List<Integer> code : CharacterCodes.of(10)) {
      assertThat(code).hasSize(84).containsOnly(1, -1);
    }
  }

  @Test
  void tooManyClassesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> CharacterCodes.of(5000));
  }

  private static int smallestDistance(List<List<Integer>> codes) {
    int smallest = Integer.MAX_VALUE;
    for (int one = 0; one < codes.size(); one++) {
      for (int other = 0; other < one; other++) {
        smallest = Math.min(smallest, CharacterCodes.distance(codes.get(one), codes.get(other)));
      }
    }
    return smallest;
  }
}
