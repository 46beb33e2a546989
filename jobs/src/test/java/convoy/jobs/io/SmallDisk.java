package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk for a few MiB and files, held in memory, that can be filled. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final Path ballast;

  private SmallDisk(Path folder) {
    this.folder = folder;
    this.ballast = folder.resolve("ballast");
  }

  /** Mounts a disk at a new folder. The test is skipped where this process may not mount. */
  public static SmallDisk at(Path folder) throws IOException, InterruptedException {
    Files.createDirectory(folder);
    String size = "size=16m,nr_inodes=100";
    boolean mounted = ends("mount", "-t", "tmpfs", "-o", size, "tmpfs", "" + folder);
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
    Files.createDirectory(ballast);
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast.resolve("full"))) {
      while (Files.getFileStore(folder).getUsableSpace() >= left + block.length) {
        out.write(block);
      }
    }
  }

  /** Leaves room for this number of files and folders, which may be large. */
  public void fillWithFiles(int left) throws IOException {
    Files.createDirectory(ballast);
    int made = 0;
    try {
      for (; made < 1000; made++) {
        Files.createFile(ballast.resolve("" + made));
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }

    for (int i = 0; i < left; i++) {
      Files.delete(ballast.resolve("" + (made - 1 - i)));
    }
  }

  /** Makes the disk as empty as it was. */
  public void free() throws IOException {
    try (Stream<Path> files = Files.list(ballast)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    Files.delete(ballast);
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
