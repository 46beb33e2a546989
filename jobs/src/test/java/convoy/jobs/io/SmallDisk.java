package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk of a few MiB, held in memory, that can be filled. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path ballast;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /** Mounts a disk at a new folder. The test is skipped where this process may not mount. */
  public static SmallDisk at(Path folder, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectory(folder);
    boolean mounted =
        ends("mount", "-t", "tmpfs", "-o", "size=%dm".formatted(mebibytes), "tmpfs", "" + folder);
    assumeTrue(mounted, "needs the right to mount a tmpfs, which root has");
    return new SmallDisk(folder);
  }

  private static boolean ends(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  /** Leaves no more than this number of bytes. */
  public void fill(long left) throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (Files.getFileStore(folder).getUsableSpace() >= left + block.length) {
        out.write(block);
      }
    }
  }

  public void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** The temporary files on it. */
  public List<Path> temporaryFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".tmp")).toList();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      assertThat(ends("umount", folder.toString())).isTrue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
