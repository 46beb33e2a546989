package convoy.jobs.prepare;

/** What happens to content that is in two classes or in both splits. */
public enum DuplicateAction {
  /** It stays, and is counted. */
  KEEP,
  /** What is in two classes goes; of the rest one copy stays, that of val if there is one. */
  QUARANTINE,
  /** It ends the job. */
  FAIL
}
