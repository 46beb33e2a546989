package convoy.jobs.score;

import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnknownHostException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.security.AccessControlException;

/** Files of any Hadoop file system. A listing never holds a whole folder in memory. */
final class HadoopInput implements ScoreInputs.Input {
  private final FileSystem files;
  private final FileStatus root;

  private HadoopInput(FileSystem files, FileStatus root) {
    this.files = files;
    this.root = root;
  }

  static HadoopInput of(String path, Configuration configuration) throws IOException {
    try {
      Path root = new Path(path);
      FileSystem files = Storage.of(configuration, root);
      return new HadoopInput(files, files.getFileStatus(files.makeQualified(root)));
    } catch (FileNotFoundException e) {
      throw UserException.badData("--in " + path + " doesn't exist: check the path");
    } catch (IllegalArgumentException e) {
      if (e.getCause() instanceof UnknownHostException) {
        throw e;
      }

      throw UserException.usage("--in '" + path + "' is not a path: " + e.getMessage());
    }
  }

  /**
   * Opens a location, which is the whole path as Hadoop prints it. Hadoop's parser takes everything
   * after the scheme literally.
   */
  static InputStream open(String location, Configuration configuration) throws IOException {
    Path path = new Path(location);
    return Storage.of(configuration, path).open(path);
  }

  @Override
  public String place() {
    return root.getPath().toString();
  }

  @Override
  public String name() {
    return root.getPath().getName();
  }

  @Override
  public void list(String prefix, ScoreListing.Builder listing) throws IOException {
    if (root.isDirectory()) {
      walk(root.getPath(), prefix, listing);
    } else {
      listing.add(new InputFile(prefix.isEmpty() ? name() : prefix, place(), root.getLen()));
    }
  }

  private void walk(Path folder, String prefix, ScoreListing.Builder listing) throws IOException {
    try {
      RemoteIterator<FileStatus> entries = files.listStatusIterator(folder);
      while (entries.hasNext()) {
        FileStatus entry = entries.next();
        String name = entry.getPath().getName();
        if (name.startsWith(".")) {
          if (entry.isDirectory()) {
            listing.addHiddenFolder();
          } else {
            listing.addHiddenFile();
          }
        } else {
          String path = prefix.isEmpty() ? name : prefix + "/" + name;
          if (entry.isDirectory()) {
            walk(entry.getPath(), path, listing);
          } else {
            listing.add(new InputFile(path, entry.getPath().toString(), entry.getLen()));
          }
        }
      }
    } catch (AccessControlException e) {
      throw UserException.badData(
          "cannot list "
              + folder
              + ": permission denied, so its files can't be counted; mend its permissions");
    }
  }
}
