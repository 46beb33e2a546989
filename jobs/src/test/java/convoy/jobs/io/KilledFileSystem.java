package convoy.jobs.io;

import convoy.data.files.LocalDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system of a process that is killed: after a number of changes no further one
 * happens. A folder is deleted file by file, as in stores without folders.
 */
public final class KilledFileSystem extends LocalDisk {
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);
  private static final String SETTING = "spark.hadoop.fs.file.impl";
  private static volatile List<String> recorded;

  /** Notes each change from now on, and kills nothing. */
  public static List<String> record() {
    never();
    List<String> changes = Collections.synchronizedList(new ArrayList<>());
    recorded = changes;
    return changes;
  }

  /** Lets all commands of this process use it, as the local file system. */
  public static void install() {
    System.setProperty(SETTING, KilledFileSystem.class.getName());
    System.setProperty(SETTING + ".disable.cache", "true");
  }

  public static void uninstall() {
    never();
    System.clearProperty(SETTING);
    System.clearProperty(SETTING + ".disable.cache");
  }

  public static void after(int changes) {
    recorded = null;
    LEFT.set(changes);
  }

  public static void never() {
    recorded = null;
    LEFT.set(Integer.MAX_VALUE);
  }

  /** Counts a change that is about to happen. */
  static void change(String what, Path path) throws IOException {
    List<String> changes = recorded;
    if (changes != null) {
      changes.add(what + " " + path.getName());
    }

    if (LEFT.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      throw new IOException("killed before " + what + " " + path);
    }
  }

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
    change("create", path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress)
      throws IOException {
    change("append", path);
    return super.append(path, bufferSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change("rename", to);
    return super.rename(from, to);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change("mkdirs", path);
    return super.mkdirs(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    if (recursive && exists(path) && getFileStatus(path).isDirectory()) {
      for (FileStatus inside : listStatus(path)) {
        delete(inside.getPath(), true);
      }
    }

    change("delete", path);
    return super.delete(path, recursive);
  }
}
