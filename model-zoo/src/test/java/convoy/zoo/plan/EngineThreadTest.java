package convoy.zoo.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests which thread computes. The opener computes by itself, and with one native thread so does
 * every other caller. With more native threads, a thread of the network computes for other callers.
 */
@ParameterizedClass
@CsvSource({"1, true", "1, false", "2, true", "2, false"})
class EngineThreadTest {
  private final int threads;
  private final boolean opener;

  EngineThreadTest(int threads, boolean opener) {
    this.threads = threads;
    this.opener = opener;
  }

  private EngineThread open() {
    if (opener) {
      return new EngineThread("test", threads);
    }

    return CompletableFuture.supplyAsync(() -> new EngineThread("test", threads)).join();
  }

  @Test
  void othersThanTheOpenerHandOverWhatTakesSeveralNativeThreads() {
    try (EngineThread thread = open()) {
      Thread computing = thread.call(Thread::currentThread);
      assertThat(computing == Thread.currentThread()).isEqualTo(threads == 1 || opener);
      assertThat(thread.<Thread>call(Thread::currentThread)).isSameAs(computing);
    }
  }

  @Test
  void whatWorkThrowsComesThroughAsItWasThrownAndTheNextWorkRuns() {
    try (EngineThread thread = open()) {
      for (Throwable thrown :
          new Throwable[] {
            new OutOfMemoryError("no memory"),
            new IllegalStateException("a layer"),
            new AssertionError("a bug")
          }) {
        assertThatThrownBy(() -> thread.call(() -> fail(thrown))).isSameAs(thrown);
      }

      assertThat(thread.<Integer>call(() -> 42)).isEqualTo(42);
    }
  }

  private static Object fail(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }

    throw (RuntimeException) thrown;
  }

  @Test
  void anInterruptedCallerGetsTheResultAndStaysInterrupted() {
    try (EngineThread thread = open()) {
      Thread.currentThread().interrupt();
      int result = thread.<Integer>call(() -> 42);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(result).isEqualTo(42);
    }
  }

  @Test
  void anInterruptWhileTheWorkFailsComesThroughWithItsError() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller = Thread.currentThread();
    Thread interrupter =
        new Thread(
            () -> {
              await(begun);
              caller.interrupt();
              interrupted.set(true);
            });
    interrupter.start();
    try (EngineThread thread = open()) {
      IllegalStateException thrown = new IllegalStateException("a layer");
      assertThatThrownBy(
              () ->
                  thread.call(
                      () -> {
                        begun.countDown();
                        while (!interrupted.get()) {
                          Thread.onSpinWait();
                        }

                        throw thrown;
                      }))
          .isSameAs(thrown);
      assertThat(Thread.interrupted()).isTrue();
    } finally {
      interrupter.join();
    }
  }

  private static void await(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException again) {
        // Nothing interrupts this thread.
      }
    }
  }
}
