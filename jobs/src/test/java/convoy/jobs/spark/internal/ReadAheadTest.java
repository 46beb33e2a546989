package convoy.jobs.spark.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {
  @Test
  void everyElementComesOnceAndInOrder() {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(numbers.iterator())) {
      assertThat(ahead).toIterable().containsExactlyElementsOf(numbers);
    }
  }

  @Test
  void theNextElementIsReadWhileOneIsUsed() throws InterruptedException {
    CountDownLatch second = new CountDownLatch(1);
    Iterator<Integer> from =
        IntStream.range(0, 2).peek(number -> count(second, number)).boxed().iterator();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(from)) {
      assertThat(ahead.next()).isZero();
      second.await();
      assertThat(ahead.next()).isEqualTo(1);
    }
  }

  private static void count(CountDownLatch second, int number) {
    if (number == 1) {
      second.countDown();
    }
  }

  @Test
  void whatReadingThrowsIsThrownWhereTheElementIsUsed() {
    Iterator<Integer> from = IntStream.of(1, 0).map(number -> 1 / number).boxed().iterator();
    try (ReadAhead<Integer> ahead = new ReadAhead<>(from)) {
      assertThat(ahead.next()).isEqualTo(1);
      assertThatThrownBy(ahead::hasNext).isInstanceOf(ArithmeticException.class);
    }
  }

  @Test
  void aReaderThatWaitsIsStopped() throws InterruptedException {
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    ReadAhead<Integer> ahead = new ReadAhead<>(endless(waits, stopped));
    waits.await();
    ahead.close();
    assertThat(stopped.getCount()).isZero();
  }

  private static Iterator<Integer> endless(CountDownLatch waits, CountDownLatch stopped) {
    return IntStream.generate(
            () -> {
              waits.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException interrupted) {
                stopped.countDown();
              }

              return 0;
            })
        .boxed()
        .iterator();
  }
}
