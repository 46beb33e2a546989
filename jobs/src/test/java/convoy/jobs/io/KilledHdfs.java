package convoy.jobs.io;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS in a process that is killed. {@link KilledFileSystem} counts the changes. */
public final class KilledHdfs extends DistributedFileSystem {
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
    KilledFileSystem.change("create", path);
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    KilledFileSystem.change("rename", from);
    return super.rename(from, to);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    KilledFileSystem.change("mkdirs", path);
    return super.mkdirs(path);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    KilledFileSystem.change("delete", path);
    return super.delete(path, recursive);
  }
}
