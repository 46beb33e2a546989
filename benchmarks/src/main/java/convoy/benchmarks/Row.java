package convoy.benchmarks;

/**
 * One line of the result, which compares Convoy with one peer.
 *
 * @param mode train or infer
 * @param batch pictures of a minibatch
 * @param ours images per second, a median
 * @param theirs the same of the peer, in its fastest way
 */
record Row(
    String network,
    String mode,
    int threads,
    int batch,
    String precision,
    double ours,
    double theirs,
    String peer,
    double ratio) {

  /** Creates a row from the seconds of an iteration. */
  static Row of(Workload workload, double ours, double theirs, String peer) {
    return new Row(
        workload.label(),
        workload.mode().toString(),
        workload.threads(),
        workload.batch(),
        workload.precision().toString(),
        rounded(workload.batch() / ours),
        rounded(workload.batch() / theirs),
        peer,
        rounded(theirs / ours));
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
