package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1 2 3 / 4 5 6",
    "2, 3 2 1 / 6 5 4",
    "3, 6 5 4 / 3 2 1",
    "4, 4 5 6 / 1 2 3",
    "5, 1 4 / 2 5 / 3 6",
    "6, 4 1 / 5 2 / 6 3",
    "7, 6 3 / 5 2 / 4 1",
    "8, 3 6 / 2 5 / 1 4"
  })
  void theStoredRowsAreTurnedUpright(int orientation, String upright) {
    Picture stored = Grids.gray(new int[] {1, 2, 3}, new int[] {4, 5, 6});

    List<String> rows = Grids.rows(Orientation.upright(stored, orientation));

    assertThat(rows).containsExactly(upright.split(" / "));
  }
}
