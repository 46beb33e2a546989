package convoy.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDiskTest {
  private final Configuration configuration = new Configuration();
  @TempDir private java.nio.file.Path folder;

  private Path path(String name) {
    return new Path(folder.resolve(name).toUri());
  }

  private void write(String name, String text) throws IOException {
    Path path = path(name);
    AtomicFiles.write(
        Storage.of(configuration, path),
        path,
        "new",
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void localFilesHaveNoChecksumsBesideThem() throws IOException {
    assertThat(path("a").getFileSystem(configuration)).isInstanceOf(LocalFileSystem.class);
    write("a", "first");
    write("inside/b", "second");
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void aFileOfHadoopsOwnFileSystemIsReplacedTogetherWithItsChecksum() throws IOException {
    FileSystem hadoops = path("a").getFileSystem(configuration);
    try (OutputStream out = hadoops.create(path("a"))) {
      out.write("longer than the new one".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(folder.resolve(".a.crc")).exists();
    write("a", "new");
    try (InputStream in = hadoops.open(path("a"))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("new");
    }

    try (OutputStream out = hadoops.create(path("a"))) {
      out.write("one".getBytes(StandardCharsets.UTF_8));
    }

    try (OutputStream out = Storage.of(configuration, path("a")).append(path("a"))) {
      out.write("two".getBytes(StandardCharsets.UTF_8));
    }

    try (InputStream in = hadoops.open(path("a"))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("onetwo");
    }

    try (OutputStream out = hadoops.create(path("a"))) {
      out.write(1);
    }

    Storage.of(configuration, path("a")).delete(path("a"), false);
    assertThat(folder).isEmptyDirectory();
  }

  /** A reader in another thread never finds the file missing, and never finds a part of it. */
  @Test
  void aReaderSeesTheOldFileOrTheNewOne() throws Exception {
    String[] texts = {"a".repeat(10_000), "b".repeat(20_000)};
    write("file", texts[0]);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 200; i++) {
                  write("file", texts[i % 2]);
                }
              } catch (IOException problem) {
                throw new AssertionError(problem);
              } finally {
                done.set(true);
              }
            });
    writer.start();
    while (!done.get()) {
      try (InputStream in = Storage.of(configuration, path("file")).open(path("file"))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isIn((Object[]) texts);
      }
    }

    writer.join();
  }

  @Test
  void aFailedWriteKeepsTheOldFileAndLeavesNoOther() throws IOException {
    write("a", "old");
    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    Storage.of(configuration, path("a")),
                    path("a"),
                    "new",
                    out -> {
                      out.write(1);
                      throw new IOException("the disk is full");
                    }))
        .hasMessage("the disk is full");
    assertThat(folder.resolve("a")).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  /** A pipe stands for {@code /dev/null}, which root would have replaced by a file. */
  @Test
  void nothingButAFileIsReplacedByAFile() throws IOException, InterruptedException {
    java.nio.file.Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", "" + pipe).start().waitFor()).isZero();
    Files.createSymbolicLink(folder.resolve("link"), pipe);
    Files.createSymbolicLink(
        folder.resolve("out"), java.nio.file.Path.of("/proc/self/fd/1")); // As /dev/stdout is.
    for (String name : new String[] {"pipe", "link", "out"}) {
      assertThatThrownBy(() -> write(name, "new"))
          .hasMessage("%s is a pipe, socket or device: name a file", folder.resolve(name));
    }

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("pipe", "link", "out");
    assertThat(pipe.toFile().isFile()).isFalse();
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedWithTheReason() throws IOException {
    Path tooLong = path("a".repeat(300));
    FileSystem files = Storage.of(configuration, tooLong);
    for (Path inside : new Path[] {tooLong, new Path(tooLong, "b")}) {
      assertThatThrownBy(() -> files.mkdirs(inside))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(tooLong.toUri().getPath())
          .hasMessageContaining("File name too long");
    }
  }

  @Test
  void permissionsAreThoseOfTheMask() throws IOException {
    configuration.set("fs.permissions.umask-mode", "027");
    write("a", "x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a"))))
        .startsWith("rw-");
  }
}
