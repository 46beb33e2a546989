package convoy.data.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A separate program: limits its own address space unless the limit is 0, decodes the named
 * pictures, which need more memory, and prints the result of each.
 */
final class MemoryLoop {
  private MemoryLoop() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    say(folder.resolve("small"));
    long bytesLeft = Long.parseLong(arguments[1]);
    if (bytesLeft > 0) {
      leave(bytesLeft);
    }

    for (String name : List.of(arguments).subList(2, arguments.length)) {
      say(folder.resolve(name));
    }
  }

  private static void say(Path file) throws IOException {
    String name = file.getFileName().toString();
    try {
      System.out.println(name + " " + Decoder.decode(Files.readAllBytes(file)).width());
    } catch (BadPictureException bad) {
      System.out.println(name + " " + bad.code());
    }
  }

  /** Limits the address space to this many bytes more than the process uses now. */
  private static void leave(long bytes) throws IOException, InterruptedException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(status -> status.startsWith("VmSize:"))
            .findFirst()
            .orElseThrow();
    long limit = 1024 * Long.parseLong(line.replaceAll("\\D", "")) + bytes;
    long pid = ProcessHandle.current().pid();
    Process process =
        new ProcessBuilder("prlimit", "--pid=" + pid, "--as=" + limit).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("prlimit set no limit");
    }
  }
}
