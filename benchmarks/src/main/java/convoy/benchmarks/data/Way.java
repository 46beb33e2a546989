package convoy.benchmarks.data;

import java.io.IOException;

/** One way from the sample's files to pixels or floats. */
interface Way extends AutoCloseable {
  /** Returns the name in the table. */
  String name();

  /** Processes all pictures once. Returns the CPU seconds of the process that did it. */
  double pass() throws IOException;

  @Override
  void close() throws IOException;
}
