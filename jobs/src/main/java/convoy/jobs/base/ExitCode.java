package convoy.jobs.base;

/** Exit codes. A retry is useless after 2 to 5, and may help after any other code. */
public enum ExitCode {
  DONE(0),
  FAILURE(1),
  USAGE(2),
  BAD_DATA(3),
  GATE_MISSED(4),
  DIVERGED(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
