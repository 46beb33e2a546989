package convoy.benchmarks.data;

import java.io.IOException;

/** One way from the sample's files to pixels or floats. */
interface Way extends AutoCloseable {
  /** For the table. */
  String name();

  /** One pass over all pictures. Returns CPU seconds of the process that did it. */
  double pass() throws IOException;

  @Override
  void close() throws IOException;
}
