package convoy.benchmarks.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One TCP stream from one host to another, which shows what a link carries. Both ends are programs
 * of their own: {@code receive ADDRESS} and {@code send ADDRESS}.
 */
final class TcpStream {
  private static final int PORT = 5201;
  private static final int CHUNK = 1 << 20;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final String READY = "ready";

  private TcpStream() {}

  public static void main(String[] arguments) throws IOException {
    InetAddress address = InetAddress.getByName(arguments[1]);
    if (arguments[0].equals("receive")) {
      receive(address);
    } else {
      send(address);
    }
  }

  private static void receive(InetAddress address) throws IOException {
    try (ServerSocket server = new ServerSocket(PORT, 1, address)) {
      System.out.println(READY);
      try (Socket socket = server.accept();
          InputStream from = socket.getInputStream()) {
        byte[] bytes = new byte[CHUNK];
        long count = 0;
        long started = System.nanoTime();
        for (int read = from.read(bytes); read > 0; read = from.read(bytes)) {
          count += read;
        }

        System.out.println(count / ((System.nanoTime() - started) / 1e9));
      }
    }
  }

  private static void send(InetAddress address) throws IOException {
    try (Socket socket = new Socket(address, PORT);
        OutputStream to = socket.getOutputStream()) {
      byte[] bytes = new byte[CHUNK];
      long started = System.nanoTime();
      while (System.nanoTime() - started < NANOS) {
        to.write(bytes);
      }
    }
  }

  /** Measures the bytes a second from host 1 to host 2. */
  static double bytesPerSecond(Links links, Programs programs) throws IOException {
    Process receiver = programs.start("receive", links, 2, command(links, "receive"));
    try (BufferedReader answers = receiver.inputReader()) {
      String line = answers.readLine();
      if (READY.equals(line)) {
        programs.start("send", links, 1, command(links, "send"));
        line = answers.readLine();
      }

      if (line == null) {
        throw programs.failed("receive");
      }

      return Double.parseDouble(line);
    }
  }

  private static List<String> command(Links links, String way) {
    return List.of(
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        TcpStream.class.getName(),
        way,
        links.address(2));
  }
}
