package convoy.jobs.prepare;

import convoy.jobs.base.UserException;

/**
 * How many bad pictures are allowed.
 *
 * @param none whether a single one ends the job
 * @param fraction of all files
 */
record BadLimit(boolean none, double fraction) {
  boolean allows(long bad, int files) {
    return bad == 0 || (!none && bad <= fraction * files);
  }

  /** The option that doesn't allow them. */
  String option() {
    return none ? "--bad-images fail" : "--max-bad-fraction " + fraction;
  }

  /**
   * After the check, before anything is written.
   *
   * @throws UserException naming the first of the bad pictures
   */
  void require(Quarantine bad, int files) {
    if (!allows(bad.files(), files)) {
      throw UserException.badData(
          "%d of %d files are no usable pictures (%s); %s, the first of them:%n%s"
              .formatted(
                  bad.files(),
                  files,
                  bad.summary(),
                  none
                      ? "--bad-images quarantine goes on without them"
                      : option() + " doesn't allow it",
                  bad.first()));
    }
  }
}
