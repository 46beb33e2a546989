package convoy.jobs.prepare;

/** Treatment of content that is in two classes or in both splits, spelled as in the option. */
public enum DuplicateAction {
  /** All copies stay, and are counted. */
  keep,
  /** Copies in two classes go; otherwise one copy stays, that of val if there is one. */
  quarantine,
  /** A duplicate ends the job. */
  fail
}
