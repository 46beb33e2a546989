package convoy.jobs.train;

/**
 * The content of status.json: the progress of a run, for people and schedulers, and its owner.
 *
 * @param state running, done, stopped (by Ctrl-C or SIGTERM), failed or diverged
 * @param reason why it stopped, failed or diverged, else null
 * @param epoch number of finished epochs, plus the fraction of the current one
 * @param round number of finished rounds
 * @param top1 top-1 of the last validation, null before the first
 * @param owner owner of the lease
 * @param heartbeat time of the last heartbeat in milliseconds since 1970
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
  static final String STOPPED = "stopped";
  static final String FAILED = "failed";
  static final String DIVERGED = "diverged";

  /**
   * A process that trains.
   *
   * @param processStart start in milliseconds since 1970, as a pid may be used again later
   * @param attempt random text, different for each start
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
