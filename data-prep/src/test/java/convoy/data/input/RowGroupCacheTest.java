package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.Example;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowGroupCacheTest {
  private final RowGroupCache cache = new RowGroupCache(1000);
  private final List<Integer> loaded = new ArrayList<>();

  private void get(int number, int bytes) throws IOException {
    cache.get(
        new RowGroupCache.Key("part", "hash", number),
        () -> {
          loaded.add(number);
          return List.of(new Example("k", 0, 1, 1, 1, "raw", new byte[bytes]));
        });
  }

  @Test
  void theOneUsedLongestAgoGoesFirst() throws IOException {
    get(1, 400);
    get(2, 400);
    get(1, 400);
    get(3, 400);
    get(1, 400);
    get(2, 400);
    assertThat(loaded).containsExactly(1, 2, 3, 2);
    assertThat(cache.bytes()).isEqualTo(800);
  }

  @Test
  void whatIsLargerThanTheCacheIsNotKept() throws IOException {
    get(1, 400);
    get(2, 4000);
    assertThat(cache.bytes()).isZero();
  }
}
