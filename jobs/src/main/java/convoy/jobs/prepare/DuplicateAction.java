package convoy.jobs.prepare;

/** What happens to content that is in two classes or in both splits, in the option's spelling. */
public enum DuplicateAction {
  /** It stays, and is counted. */
  keep,
  /** What is in two classes goes; of the rest one copy stays, that of val if there is one. */
  quarantine,
  /** It ends the job. */
  fail
}
