package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.cluster.Await;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLeaseTest {
  private static final Duration SHORT = Duration.ofSeconds(12);

  @TempDir private Path temporary;
  private RunFolder folder;

  @BeforeEach
  void open() {
    folder =
        new RunFolder(
            HadoopSettings.local().configuration(),
            new org.apache.hadoop.fs.Path(temporary.resolve("run").toUri()));
  }

  @Test
  void aSecondOwnerWaitsForAHeartbeatAndIsRefusedWithOneLine() throws IOException {
    try (RunLease lease = take()) {
      assertThatThrownBy(() -> take())
          .isInstanceOfSatisfying(
              UserException.class,
              refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILURE))
          .hasMessageContaining("is being trained by process " + ProcessHandle.current().pid());
      lease.update(status -> status.at(1, 2, null));
      assertThat(folder.readStatus().round()).isEqualTo(2);
    }
  }

  @Test
  void anOwnerWhoseClockIsBehindIsNoDeadOne() throws Exception {
    long behind = Duration.ofMinutes(2).toMillis();
    leave("elsewhere", 1, 1, System.currentTimeMillis() - behind);
    ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> beat =
        heart.schedule(
            () -> {
              leave("elsewhere", 1, 1, System.currentTimeMillis() - behind);
              return null;
            },
            1,
            TimeUnit.SECONDS);
    try {
      assertThatThrownBy(() -> take())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being trained by process 1 on elsewhere");
    } finally {
      beat.get();
      heart.shutdown();
    }
  }

  @Test
  void anOwnerElsewhereThatIsSilentLongerThanClocksDifferIsDead() throws Exception {
    leave("elsewhere", 1, 1, System.currentTimeMillis() - RunLease.CLOCK_SKEW.toMillis() - 1000);
    long started = System.nanoTime();
    take().close();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SHORT);
  }

  @Test
  void aDeadProcessOfThisHostHoldsNothing() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    leave(gone.pid(), 1, System.currentTimeMillis());
    long started = System.nanoTime();
    try (RunLease lease = take()) {
      assertThat(lease.status().owner().pid()).isEqualTo(ProcessHandle.current().pid());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SHORT);
  }

  @Test
  void anotherProcessUnderAnOldPidIsNotTheOwner() throws Exception {
    leave(ProcessHandle.current().pid(), 1, System.currentTimeMillis());
    try (RunLease lease = take()) {
      assertThat(folder.readStatus().owner()).isEqualTo(lease.status().owner());
    }
  }

  @Test
  void anOwnerWhoseRunWasTakenOverWritesNothingMore() throws IOException {
    try (RunLease first = take()) {
      first.update(status -> status.with(RunStatus.FAILED, "stopped"));
      try (RunLease second = take()) {
        assertThatThrownBy(() -> first.update(status -> status.at(9, 9, null)))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("taken over");
        assertThat(folder.readStatus().owner()).isEqualTo(second.status().owner());
      }
    }
  }

  @Test
  void anOwnerWhoseRunWasTakenOverStopsWithinASecond() throws Exception {
    try (RunLease first = take()) {
      CountDownLatch stopped = new CountDownLatch(1);
      first.whenLost(stopped::countDown);
      leave("elsewhere", 1, 1, System.currentTimeMillis());
      assertThat(stopped.await(1, TimeUnit.SECONDS)).isTrue();
      assertThat(first.isLost()).isTrue();
    }
  }

  @Test
  void itStopsTooWhenAHeartbeatNoticesTheLossOrTheWorkBeginsLater() throws Exception {
    try (RunLease first = take()) {
      leave("elsewhere", 1, 1, System.currentTimeMillis());
      first.beat();
      assertThat(first.isLost()).isTrue();
      CountDownLatch stoppedAgainAndAgain = new CountDownLatch(2);
      first.whenLost(stoppedAgainAndAgain::countDown);
      assertThat(stoppedAgainAndAgain.await(3, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** An owner of an older Convoy, or of a store without atomic renames, may be writing it. */
  @Test
  void aStatusThatCannotBeReadIsReadAgain() throws Exception {
    leave("elsewhere", 1, 1, System.currentTimeMillis());
    Files.writeString(temporary.resolve("run/status.json"), "{\"state\": \"runn");
    ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> beat =
        owner.schedule(
            () -> {
              leave("elsewhere", 1, 1, System.currentTimeMillis());
              return null;
            },
            1,
            TimeUnit.SECONDS);
    try {
      assertThatThrownBy(() -> take())
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is being trained by process 1 on elsewhere");
    } finally {
      beat.get();
      owner.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"state\":\"fai", "{}", "", "null", "[]"})
  void aDamagedStatusIsNone(String text) throws IOException {
    Files.createDirectories(temporary.resolve("run"));
    Files.writeString(temporary.resolve("run/status.json"), text);
    assertThat(folder.hasStatus()).isTrue();
    assertThat(folder.readStatus()).isNull();
  }

  @Test
  void aSecondProcessNeverFindsADamagedStatusWhileItsOwnerWritesIt() throws Exception {
    Configuration slow = HadoopSettings.local().configuration();
    slow.set("fs.file.impl", SlowRenames.class.getName());
    slow.setInt(SlowRenames.MILLIS, 20);
    slow.setBoolean("fs.file.impl.disable.cache", true);
    RunFolder seenByOwner = new RunFolder(slow, folder.path());
    try (RunLease lease = RunLease.take(seenByOwner)) {
      CompletableFuture<Void> owner =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 50; i++) {
                  lease.beat();
                }
              });
      while (!owner.isDone()) {
        assertThat(folder.hasStatus()).isTrue();
        assertThat(folder.readStatus()).isNotNull();
      }

      owner.join();
    }
  }

  @Test
  void aStatusThatStaysUnreadableBelongsToNobody() throws Exception {
    leave("elsewhere", 1, 1, System.currentTimeMillis());
    Files.writeString(temporary.resolve("run/status.json"), "");
    take().close();
    assertThat(folder.readStatus().owner().host())
        .isEqualTo(InetAddress.getLocalHost().getHostName());
  }

  @Test
  void nothingIsWrittenOnceTheLeaseIsClosed() throws Exception {
    RunLease lease = take();
    CountDownLatch writing = new CountDownLatch(1);
    CompletableFuture<Void> go = new CompletableFuture<>();
    FutureTask<Void> beat =
        new FutureTask<>(
            () -> {
              lease.update(
                  status -> {
                    writing.countDown();
                    go.join();
                    return status.at(1, 2, null);
                  });
              return null;
            });
    new Thread(beat).start();
    writing.await();
    Thread closing = new Thread(lease::close);
    closing.start();
    // It waits for the beat that has begun.
    Await.until(
        "closing",
        SHORT,
        () -> closing.getState() == Thread.State.BLOCKED ? Optional.of(closing) : Optional.empty());
    go.complete(null);
    closing.join();
    RunStatus last = folder.readStatus();
    assertThat(last.round()).isEqualTo(2);
    beat.get();
    // And the next one comes too late.
    lease.note(status -> status.at(3, 4, null));
    lease.beat();
    assertThat(folder.readStatus()).isEqualTo(last);
  }

  private void leave(long pid, long start, long heartbeat) throws IOException {
    leave(InetAddress.getLocalHost().getHostName(), pid, start, heartbeat);
  }

  private void leave(String host, long pid, long start, long heartbeat) throws IOException {
    RunStatus status =
        new RunStatus(
            RunStatus.RUNNING,
            null,
            0,
            0,
            null,
            new RunStatus.Owner(host, pid, start, "earlier"),
            heartbeat);
    HadoopFiles.writeText(folder.configuration(), folder.status(), RunFolder.text(status));
  }

  private RunLease take() throws IOException {
    RunLease.waitForOwner(folder, SHORT);
    return RunLease.take(folder);
  }
}
