package convoy.jobs.train;

import convoy.jobs.exchange.HeldState;
import convoy.jobs.terminal.Phase;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Writes checkpoints one after another in threads of their own, while the next rounds are trained.
 * A state that is being written stays until that is done. The caller locks.
 */
final class BackgroundCheckpoints {
  private final ModelWriter models;
  private Begun begun;
  private boolean released;

  BackgroundCheckpoints(ModelWriter models) {
    this.models = models;
  }

  private record Begun(int rounds, HeldState state, FutureTask<Void> writing) {}

  /** Begins a checkpoint. The one before was awaited. */
  void begin(CheckpointState place, HeldState state) {
    if (begun != null) {
      throw new IllegalStateException("a checkpoint is being written");
    }

    FutureTask<Void> writing =
        new FutureTask<>(
            () -> {
              models.checkpoint(place, state);
              return null;
            });
    begun = new Begun(place.position().rounds(), state, writing);
    Thread thread = new Thread(writing, "convoy-checkpoint");
    thread.setDaemon(true);
    thread.start();
  }

  /** Closes a state that the training needs no more, now or when it is written. */
  void release(HeldState state) {
    if (begun != null && begun.state.equals(state)) {
      released = true;
    } else {
      state.close();
    }
  }

  /**
   * The number of rounds before the checkpoint that was begun, if it is finished and this was not
   * told before.
   *
   * @throws IOException if it could not be written
   * @throws convoy.jobs.exchange.StateLostException if its state was lost
   */
  OptionalInt finished() throws IOException {
    return begun == null || !begun.writing.isDone() ? OptionalInt.empty() : result();
  }

  /** Waits until the checkpoint that was begun, if any, is {@link #finished}. */
  OptionalInt await() throws IOException {
    return begun == null ? OptionalInt.empty() : Phase.during("writing a checkpoint", this::result);
  }

  private OptionalInt result() throws IOException {
    try {
      begun.writing.get();
      OptionalInt rounds = OptionalInt.of(begun.rounds);
      end();
      return rounds;
    } catch (ExecutionException problem) {
      end();
      throw rethrown(problem.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while a checkpoint is written", stopped);
    }
  }

  private void end() {
    if (released) {
      begun.state.close();
    }

    begun = null;
    released = false;
  }

  private static IOException rethrown(Throwable problem) {
    if (problem instanceof IOException known) {
      return known;
    } else if (problem instanceof Error error) {
      throw error;
    } else {
      throw (RuntimeException) problem; // A checkpoint throws no other checked exceptions.
    }
  }
}
