package convoy.benchmarks.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts that are network namespaces of this machine, each joined to one bridge by a link of its
 * own. A link carries at most the given rate in each direction. It needs root, ip and tc.
 */
final class Links implements AutoCloseable {
  private static final String NETWORK = "10.77.0.";

  /** Bytes that pass at once; a packet that the kernel has not cut yet has 64 KB. */
  private static final String BURST = "512k";

  private final String prefix;
  private final int hosts;

  private Links(String prefix, int hosts) {
    this.prefix = prefix;
    this.hosts = hosts;
  }

  /**
   * Makes the hosts. The names belong to this process, so that two runs don't meet.
   *
   * @param gigabits of each link; null for as fast as it goes
   */
  static Links up(int hosts, Integer gigabits) throws IOException {
    Links links = new Links("cx" + ProcessHandle.current().pid(), hosts);
    try {
      run("ip", "link", "add", links.bridge(), "type", "bridge");
      run("ip", "link", "set", links.bridge(), "up");
      for (int host = 0; host < hosts; host++) {
        links.add(host, gigabits);
      }

      return links;
    } catch (IOException | RuntimeException failed) {
      links.close();
      throw failed;
    }
  }

  private void add(int host, Integer gigabits) throws IOException {
    String inside = prefix + "i" + host;
    run("ip", "netns", "add", name(host));
    run("ip", "link", "add", outside(host), "type", "veth", "peer", inside, "netns", name(host));
    run("ip", "link", "set", outside(host), "master", bridge(), "up");
    run("ip", "-n", name(host), "addr", "add", address(host) + "/24", "dev", inside);
    run("ip", "-n", name(host), "link", "set", inside, "up");
    run("ip", "-n", name(host), "link", "set", "lo", "up");
    if (gigabits != null) {
      List<String> shape =
          List.of("root", "tbf", "rate", gigabits + "gbit", "burst", BURST, "latency", "100ms");
      run("tc", shape, "qdisc", "add", "dev", outside(host));
      run("tc", shape, "-n", name(host), "qdisc", "add", "dev", inside);
    }
  }

  private static void run(String program, List<String> last, String... first) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(first));
    command.addAll(last);
    run(command.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
    }
  }

  String address(int host) {
    return NETWORK + (host + 1);
  }

  /** The command as a process of a host. */
  List<String> on(int host, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name(host)));
    all.addAll(command);
    return all;
  }

  private String bridge() {
    return prefix + "b";
  }

  private String name(int host) {
    return prefix + "-" + host;
  }

  private String outside(int host) {
    return prefix + "o" + host;
  }

  /** Takes down what there is of the hosts, even if making them failed halfway. */
  @Override
  public void close() {
    List<List<String>> commands = new ArrayList<>();
    for (int host = 0; host < hosts; host++) {
      commands.add(List.of("ip", "link", "del", outside(host)));
      commands.add(List.of("ip", "netns", "del", name(host)));
    }

    commands.add(List.of("ip", "link", "del", bridge()));
    for (List<String> command : commands) {
      try {
        // What is not there needs no taking down.
        new ProcessBuilder(command).redirectError(Redirect.DISCARD).start().onExit().join();
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }
  }
}
