package convoy.data.files;

import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system with these promises beyond Hadoop's own:
 *
 * <ul>
 *   <li>A rename of a file replaces an older one in one step, and file and name are on the disk
 *       when it returns. Before that, the older file is whole.
 *   <li>There are no checksum files. One that Hadoop's own local file system left beside a file
 *       goes before the file does, because its readers would refuse the new file.
 *   <li>An error of writing names the file.
 *   <li>No process is started to set permissions.
 * </ul>
 */
public class LocalDisk extends RawLocalFileSystem {
  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    deleteChecksum(pathToFile(path));
    return named(
        path,
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return create(
        path,
        FsPermission.getFileDefault(),
        overwrite,
        bufferSize,
        replication,
        blockSize,
        progress);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    deleteChecksum(pathToFile(path));
    return named(path, super.append(path, bufferSize, progress));
  }

  private FSDataOutputStream named(Path path, FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new NamedStream(path, out), null, out.getPos());
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return super.mkdirs(path) || made(path);
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    return super.mkdirs(path, permission) || made(path);
  }

  /** Hadoop's answer false has no reason, such as a full disk. */
  private boolean made(Path path) throws IOException {
    try {
      Files.createDirectories(pathToFile(path).toPath());
      return true;
    } catch (IOException problem) {
      throw naming(path, problem);
    }
  }

  /** Writes a file that a power cut may take. An error names it. */
  public static void write(java.nio.file.Path file, byte[] content) throws IOException {
    try {
      Files.write(file, content);
    } catch (IOException problem) {
      throw naming(new Path(file.toAbsolutePath().toUri()), problem);
    }
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    File source = pathToFile(from);
    File target = pathToFile(to);
    if (!source.isFile() || target.isDirectory()) {
      return super.rename(from, to);
    }

    if (isSpecial(target.toPath())) {
      throw new IOException(target + " is a pipe, socket or device: name a file");
    }

    try {
      flush(source, StandardOpenOption.WRITE);
      deleteChecksum(target);
      Files.move(
          source.toPath(),
          target.toPath(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      flush(target.getParentFile(), StandardOpenOption.READ);
    } catch (IOException problem) {
      throw naming(to, problem);
    }

    deleteChecksum(source);
    return true;
  }

  /**
   * Whether it is a pipe, socket or device, or a link such as {@code /dev/stdout}. A rename would
   * put a file in its place, also in that of {@code /dev/null}.
   */
  public static boolean isSpecial(java.nio.file.Path path) throws IOException {
    if (Files.isSymbolicLink(path) && Files.readSymbolicLink(path).startsWith("/proc")) {
      return true;
    }

    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    File file = pathToFile(path);
    boolean deleted = super.delete(path, recursive);
    if (deleted) {
      deleteChecksum(file);
    }

    return deleted;
  }

  @Override
  public void setPermission(Path path, FsPermission permission) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            pathToFile(path).toPath(), PosixFileAttributeView.class, new LinkOption[0]);
    if (view != null) {
      String allowed =
          permission.getUserAction().SYMBOL
              + permission.getGroupAction().SYMBOL
              + permission.getOtherAction().SYMBOL;
      view.setPermissions(PosixFilePermissions.fromString(allowed));
    }
  }

  /** Waits until a file, or the names in a folder, are on the disk. */
  private static void flush(File file, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(file.toPath(), option)) {
      channel.force(true);
    }
  }

  private static void deleteChecksum(File file) throws IOException {
    Files.deleteIfExists(file.toPath().resolveSibling("." + file.getName() + ".crc"));
  }

  /** The operating system's errors don't name the file. */
  private static IOException naming(Path path, Throwable problem) {
    Throwable reason = problem instanceof FSError ? problem.getCause() : problem;
    String message = String.valueOf(reason.getMessage());
    return problem instanceof IOException told && message.contains(path.getName())
        ? told
        : new IOException(path.toUri().getPath() + ": " + message, problem);
  }

  /** Hadoop throws an {@link FSError}, which nobody expects, where a disk is full. */
  private static final class NamedStream extends FilterOutputStream {
    private final Path path;

    NamedStream(Path path, OutputStream out) {
      super(out);
      this.path = path;
    }

    private interface Step {
      void run() throws IOException;
    }

    private void told(Step step) throws IOException {
      try {
        step.run();
      } catch (IOException | FSError problem) {
        throw naming(path, problem);
      }
    }

    @Override
    public void write(int value) throws IOException {
      told(() -> out.write(value));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      told(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
      told(out::flush);
    }

    @Override
    public void close() throws IOException {
      told(out::close);
    }
  }
}
