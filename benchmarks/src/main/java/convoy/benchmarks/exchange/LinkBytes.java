package convoy.benchmarks.exchange;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the link of a host has carried so far.
 *
 * @param link its name, which no other host has
 */
record LinkBytes(String link, long received, long sent) implements Serializable {
  private static final Path DEVICES = Path.of("/proc/net/dev");
  private static final int RECEIVED = 0;
  private static final int SENT = 8;

  /** Reads the counters of the only link of this process's network namespace. */
  static LinkBytes here() throws IOException {
    return of(Files.readString(DEVICES, StandardCharsets.US_ASCII));
  }

  /** Reads the counters in the format of /proc/net/dev: two lines of headings, a line a device. */
  static LinkBytes of(String devices) {
    return devices
        .lines()
        .skip(2)
        .map(line -> line.split(":", 2))
        .filter(line -> !line[0].strip().equals("lo"))
        .map(
            line -> {
              String[] counters = line[1].strip().split("\\s+", -1);
              return new LinkBytes(
                  line[0].strip(),
                  Long.parseLong(counters[RECEIVED]),
                  Long.parseLong(counters[SENT]));
            })
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no link in this network namespace"));
  }

  /** What the link has carried since an earlier reading. */
  LinkBytes since(LinkBytes before) {
    return new LinkBytes(link, received - before.received, sent - before.sent);
  }

  /** The bytes of the busier direction. */
  long most() {
    return Math.max(received, sent);
  }
}
