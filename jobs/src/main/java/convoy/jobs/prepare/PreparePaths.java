package convoy.jobs.prepare;

import convoy.jobs.UserException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Inputs and output with scheme and host; none lies inside another. */
record PreparePaths(List<Path> inputs, Path out) {
  static PreparePaths of(Configuration configuration, PrepareOptions options) throws IOException {
    Path out = qualified(configuration, options.out());
    if (out.isRoot()) {
      throw UserException.usage("--out " + out + " is the root of its file system: name a folder");
    }

    List<Path> inputs = new ArrayList<>();
    for (String input : options.inputs()) {
      Path in = qualified(configuration, input);
      if (isInside(out, in) || isInside(in, out)) {
        throw UserException.usage(
            "--out " + out + " and --in " + in + " lie inside one another: keep them apart");
      }

      if (inputs.contains(in)) {
        throw UserException.usage("--in " + in + " is named twice");
      }

      inputs.add(in);
    }

    return new PreparePaths(inputs, out);
  }

  private static Path qualified(Configuration configuration, String path) throws IOException {
    Path given = new Path(path);
    FileSystem files = given.getFileSystem(configuration);
    return files.makeQualified(given);
  }

  private static boolean isInside(Path path, Path folder) {
    for (Path at = path; at != null; at = at.getParent()) {
      if (at.equals(folder)) {
        return true;
      }
    }

    return false;
  }
}
