package convoy.jobs;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A real HDFS of one namenode and one datanode in this process. */
public final class SmallHdfs implements AutoCloseable {
  private final MiniDFSCluster cluster;

  private SmallHdfs(MiniDFSCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts it with its files in {@code folder}. */
  public static SmallHdfs start(Path folder) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    SmallHdfs hdfs =
        new SmallHdfs(new MiniDFSCluster.Builder(configuration).numDataNodes(1).build());
    hdfs.cluster.waitActive();
    return hdfs;
  }

  /** The address that paths begin with, such as hdfs://localhost:40123. */
  public String root() {
    return cluster.getURI().toString();
  }

  public FileSystem files() throws IOException {
    return cluster.getFileSystem();
  }

  @Override
  public void close() {
    cluster.shutdown();
  }
}
