package convoy.jobs.train;

/**
 * status.json: how a run stands, for people and schedulers, and whose it is.
 *
 * @param state running, done, failed or diverged
 * @param reason why it failed or diverged, else null
 * @param epoch epochs done, with the fraction of the current one
 * @param round rounds done
 * @param top1 of the last validation, null before the first
 * @param owner of the lease
 * @param heartbeat milliseconds since 1970 of the last sign of life
 */
record RunStatus(
    String state,
    String reason,
    double epoch,
    int round,
    Double top1,
    Owner owner,
    long heartbeat) {
  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String FAILED = "failed";
  static final String DIVERGED = "diverged";

  /**
   * A process that trains.
   *
   * @param processStart milliseconds since 1970: a pid alone may be another process by now
   * @param attempt random, one for each start
   */
  record Owner(String host, long pid, long processStart, String attempt) {}

  RunStatus with(String newState, String newReason) {
    return new RunStatus(newState, newReason, epoch, round, top1, owner, heartbeat);
  }

  RunStatus at(double newEpoch, int newRound, Double newTop1) {
    return new RunStatus(state, reason, newEpoch, newRound, newTop1, owner, heartbeat);
  }

  RunStatus beat(long now) {
    return new RunStatus(state, reason, epoch, round, top1, owner, now);
  }
}
