package convoy.jobs.terminal;

/** Something that goes on and is shown in the last line of the terminal. */
@FunctionalInterface
interface Status {
  /**
   * The current text.
   *
   * @return at most {@code columns} characters, or null while there is nothing to show
   */
  String text(int columns);
}
