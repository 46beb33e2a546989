package convoy.benchmarks;

import convoy.zoo.engine.Precision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * One engine in a separate process. It reads one request from each line and answers with one line:
 * {@code losses N} with the losses of N iterations from the start, dropout off; {@code seconds N}
 * with the time of N further iterations, with the network's dropout; {@code memory N} with the most
 * bytes that were resident so far, after N further iterations.
 */
final class Server {
  /** The start of each answer. Native libraries print lines, too. */
  static final String ANSWER = "= ";

  private final Engine engine;
  private final Workload workload;
  private Candidate candidate;

  private Server(Engine engine, Workload workload) {
    this.engine = engine;
    this.workload = workload;
  }

  /** Takes the arguments engine, network, heads, mode, threads, batch, classes and precision. */
  public static void main(String[] arguments) throws IOException {
    Workload workload =
        new Workload(
            arguments[1],
            Boolean.parseBoolean(arguments[2]),
            Mode.valueOf(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]),
            Integer.parseInt(arguments[6]),
            Precision.of(arguments[7]));
    Server server = new Server(Engine.valueOf(arguments[0]), workload);
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String[] words = line.split(" ", 2);
      int iterations = Integer.parseInt(words[1]);
      answers.println(ANSWER + server.answer(words[0], iterations));
    }
  }

  private String answer(String request, int iterations) throws IOException {
    return switch (request) {
      case "losses" -> losses(iterations);
      case "seconds" -> Double.toString(seconds(iterations));
      case "memory" -> Long.toString(memory(iterations));
      default -> throw new IllegalArgumentException(request);
    };
  }

  private String losses(int iterations) {
    StringJoiner losses = new StringJoiner(" ");
    try (Candidate fresh = engine.open(workload, false)) {
      for (int i = 0; i < iterations; i++) {
        losses.add(Double.toString(fresh.iterate()));
      }
    }

    return losses.toString();
  }

  private double seconds(int iterations) {
    if (candidate == null) {
      candidate = engine.open(workload, true);
    }

    long start = System.nanoTime();
    for (int i = 0; i < iterations; i++) {
      candidate.iterate();
    }

    return (System.nanoTime() - start) / 1e9;
  }

  /** Returns VmHWM of this process, which includes the virtual machine and the engine. */
  private long memory(int iterations) throws IOException {
    seconds(iterations);
    return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }
}
