package convoy.zoo.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** With one native thread the caller computes itself, with more a thread of the network's own. */
@ParameterizedClass
@ValueSource(ints = {1, 2})
class EngineThreadTest {
  private final int threads;

  EngineThreadTest(int threads) {
    this.threads = threads;
  }

  @Test
  void whatWorkThrowsComesThroughAsItWasThrownAndTheNextWorkRuns() {
    try (EngineThread thread = new EngineThread("test", threads)) {
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
    try (EngineThread thread = new EngineThread("test", threads)) {
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
    try (EngineThread thread = new EngineThread("test", threads)) {
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
        // Nobody interrupts it.
      }
    }
  }
}
