package convoy.jobs.exchange;

/** The vectors of a training between two rounds, cut into slices, wherever they lie. */
public interface Slices {
  StateLayout layout();

  /**
   * The slice with this index in the layout, which must not be changed.
   *
   * @throws StateLostException if no process has it any more
   */
  Slice slice(int index);
}
