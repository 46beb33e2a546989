package convoy.jobs.train;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.OwnedFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that one process at a time owns a run. The lease is in status.json and is renewed
 * every five seconds. It is stale if the observer sees no renewal for half a minute. It is stale at
 * once if its process ran on this host and has ended, or if it is older than two clocks may differ.
 * An owner looks twice a second whether another process has taken the run.
 */
final class RunLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLease.class);
  static final Duration RENEWAL = Duration.ofSeconds(5);

  /** Hosts whose clocks differ by more than this can't train in one folder. */
  static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  private static final Duration PATIENCE = Duration.ofSeconds(35);

  /** A living owner would have replaced the damaged status in this time. */
  private static final Duration PATIENCE_IF_DAMAGED = RENEWAL.multipliedBy(2);

  private static final Duration POLL = Duration.ofMillis(500);

  private final RunFolder folder;
  private final OwnedFolder owned;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "convoy-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private final List<ScheduledFuture<?>> repeated = new ArrayList<>();
  private RunStatus status;
  private Runnable stopWork = () -> {};
  private boolean lost;
  private boolean closed;

  private RunLease(RunFolder folder, OwnedFolder owned, RunStatus status) {
    this.folder = folder;
    this.owned = owned;
    this.status = status;
  }

  /**
   * Waits for a heartbeat of an owner that may be dead.
   *
   * @return whether it waited; files of the run that were read before may have changed then
   * @throws UserException with exit code 1 if another process trains there
   */
  static boolean waitForOwner(RunFolder folder) throws IOException {
    return waitForOwner(folder, PATIENCE);
  }

  /** Takes over a run that nobody owns. */
  static RunLease take(RunFolder folder) throws IOException {
    OwnedFolder owned = folder.owned();
    RunStatus.Owner owner = thisProcess(owned.run());
    RunStatus status =
        new RunStatus(RunStatus.RUNNING, null, 0, 0, null, owner, System.currentTimeMillis());
    owned.take(RunFolder.text(status));
    RunLease lease = new RunLease(folder, owned, status);
    lease.repeat(RENEWAL, lease::beat);
    lease.repeat(POLL, lease::watch);
    return lease;
  }

  private void repeat(Duration pause, Runnable work) {
    repeated.add(
        heart.scheduleWithFixedDelay(
            work, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * Says what cancels the work of this process. It runs twice a second while another process has
   * the run, as work may begin between two looks.
   */
  synchronized void whenLost(Runnable stop) {
    stopWork = stop;
  }

  /** Whether another process has taken the run. */
  synchronized boolean isLost() {
    return lost;
  }

  /** The error of a process that lost its run. */
  UserException takenOver() {
    return RunFolder.POLICY.takenOver(folder.path());
  }

  /** Notices the loss between two writes, which may be hours apart. */
  synchronized void watch() {
    if (closed) {
      return;
    }

    try {
      look();
      if (lost) {
        stopWork.run();
      }
    } catch (IOException | RuntimeException problem) { // An exception would end all further looks.
      LOG.debug("the owner of {} can't be read", folder.path(), problem);
    }
  }

  private void look() throws IOException {
    if (!lost && !owned.isOwn()) {
      lost = true;
      LOG.info("another process has taken {}: the work of this one is cancelled", folder.path());
    }
  }

  static boolean waitForOwner(RunFolder folder, Duration patience) throws IOException {
    if (isFree(folder)) {
      return false;
    }

    RunStatus first = folder.readStatus();
    Duration longest = first == null ? PATIENCE_IF_DAMAGED : patience;
    warn(folder, first, longest);
    long end = System.nanoTime() + longest.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(POLL.toNanos());
      if (isFree(folder)) {
        return true;
      }

      RunStatus now = folder.readStatus();
      if (now != null && (first == null || now.heartbeat() != first.heartbeat())) {
        throw new UserException(
            ExitCode.FAILURE,
            "%s is being trained by process %d on %s: stop it, or choose another --out"
                .formatted(folder.path(), now.owner().pid(), now.owner().host()));
      }
    }

    return true;
  }

  private static void warn(RunFolder folder, RunStatus status, Duration patience) {
    if (status == null) {
      LOG.warn(
          "{} can't be read: waiting {} s for a process that may still train there",
          folder.status(),
          patience.toSeconds());
    } else {
      LOG.warn(
          "{} may still be trained by process {} on {}: waiting up to {} s for its heartbeat",
          folder.path(),
          status.owner().pid(),
          status.owner().host(),
          patience.toSeconds());
    }
  }

  /** Whether it is certain that no process trains there. A status that can't be read is not. */
  private static boolean isFree(RunFolder folder) throws IOException {
    RunStatus status = folder.readStatus();
    return status == null ? !folder.hasStatus() : isFree(status);
  }

  private static boolean isFree(RunStatus status) throws IOException {
    if (!status.state().equals(RunStatus.RUNNING)
        || System.currentTimeMillis() - status.heartbeat() > CLOCK_SKEW.toMillis()) {
      return true;
    }

    RunStatus.Owner owner = status.owner();
    if (!owner.host().equals(InetAddress.getLocalHost().getHostName())) {
      return false;
    }

    Optional<ProcessHandle> process = ProcessHandle.of(owner.pid());
    return process.isEmpty()
        || !process.get().isAlive()
        || start(process.get()) != owner.processStart();
  }

  private static RunStatus.Owner thisProcess(String attempt) throws IOException {
    ProcessHandle process = ProcessHandle.current();
    return new RunStatus.Owner(
        InetAddress.getLocalHost().getHostName(), process.pid(), start(process), attempt);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Renews the lease unless it is closed. */
  synchronized void beat() {
    if (closed) {
      return;
    }

    try {
      update(status -> status);
    } catch (IOException problem) {
      LOG.warn("the heartbeat could not be written: {}", problem.toString());
    } catch (RuntimeException problem) { // An exception would end all further heartbeats.
      LOG.warn("{}", problem.toString());
    }
  }

  /**
   * Changes the status and renews the lease.
   *
   * @throws UserException with exit code 1 if another process has taken the run
   */
  synchronized void update(UnaryOperator<RunStatus> change) throws IOException {
    checkOwner();
    status = change.apply(status).beat(System.currentTimeMillis());
    owned.writeMarker(RunFolder.text(status));
  }

  /** Changes the status that the next heartbeat writes. No file is written now. */
  synchronized void note(UnaryOperator<RunStatus> change) {
    status = change.apply(status);
  }

  /** The status as this process knows it. */
  synchronized RunStatus status() {
    return status;
  }

  /**
   * Makes sure that this process still owns the run. It is called before every file that lasts.
   *
   * @throws UserException with exit code 1 if another process has taken the run
   */
  synchronized void checkOwner() throws IOException {
    look();
    if (lost) {
      throw takenOver();
    }
  }

  /** Ends the heartbeat, and waits for a beat that has begun. The status stays as it is. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }

    repeated.forEach(task -> task.cancel(false));
    heart.shutdownNow();
  }
}
