package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.dataset.Example;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowGroupReadAheadTest {
  private static final int BAD = 13;

  /** Records what it reads. A row group is one example that names it. */
  private static final class Shelf implements RowGroupReadAhead.Source {
    private final BlockingQueue<Integer> read = new LinkedBlockingQueue<>();
    private boolean closed;

    @Override
    public List<Example> read(int rowGroup) throws IOException {
      read.add(rowGroup);
      if (rowGroup == BAD) {
        throw new IOException("the disk is gone");
      }

      return List.of(new Example("k" + rowGroup, 0, 1, 1, 1, Example.RAW, new byte[1]));
    }

    Integer next() throws InterruptedException {
      return read.poll(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void rowGroupsAreReadBeforeTheyAreAskedForAndNoMoreThanAFew() throws Exception {
    Shelf shelf = new Shelf();
    List<Integer> order = IntStream.range(20, 30).boxed().toList();
    try (RowGroupReadAhead ahead = new RowGroupReadAhead(shelf, order, 3)) {
      for (int first = 20; first < 23; first++) {
        assertThat(shelf.next()).isEqualTo(first);
      }

      for (int taken = 20; taken < 30; taken++) {
        assertThat(shelf.read).as("at most three ahead").isEmpty();
        assertThat(ahead.take(taken).get(0).key()).isEqualTo("k" + taken);
        if (taken + 3 < 30) {
          assertThat(shelf.next()).isEqualTo(taken + 3);
        }
      }
    }

    assertThat(shelf.closed).isTrue();
  }

  @Test
  void aFailureComesWithItsRowGroupAndNotBefore() throws Exception {
    try (RowGroupReadAhead ahead = new RowGroupReadAhead(new Shelf(), List.of(1, BAD, 2), 3)) {
      assertThat(ahead.take(1)).hasSize(1);
      assertThatThrownBy(() -> ahead.take(BAD))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is gone");
      assertThat(ahead.take(2)).hasSize(1);
    }
  }

  @Test
  void anotherOrderThanTheOneThatWasSaidIsABug() throws Exception {
    try (RowGroupReadAhead ahead = new RowGroupReadAhead(new Shelf(), List.of(1, 2), 1)) {
      assertThatThrownBy(() -> ahead.take(2)).isInstanceOf(IllegalStateException.class);
    }
  }
}
