package convoy.jobs.prepare;

import convoy.jobs.base.UserException;

/**
 * The number of bad pictures that prepare allows.
 *
 * @param none whether a single bad picture ends the job
 * @param fraction largest allowed part of all files
 */
record BadLimit(boolean none, double fraction) {
  boolean allows(long bad, int files) {
    return bad == 0 || (!none && bad <= fraction * files);
  }

  /** The option that sets this limit, with its value. */
  String option() {
    return none ? "--bad-images fail" : "--max-bad-fraction " + fraction;
  }

  /**
   * Applies the limit after the check and before anything is written.
   *
   * @throws UserException if there are too many bad pictures; it names the first of them
   */
  void require(Quarantine bad, int files) {
    if (!allows(bad.files(), files)) {
      throw UserException.badData(
          "%d of %d files are not usable pictures (%s); %s. The first of them are:"
              .formatted(
                  bad.files(),
                  files,
                  bad.summary(),
                  none
                      ? "--bad-images quarantine continues without them"
                      : option() + " doesn't allow it"),
          bad.first());
    }
  }
}
