package convoy.jobs.prepare;

import convoy.data.files.Storage;
import convoy.jobs.base.UserException;
import convoy.jobs.io.Places;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Inputs and output with scheme and host. None of them lies inside another.
 *
 * @param classes path of a list that fixes the labels, or null
 */
record PreparePaths(List<Path> inputs, Path classes, Path out) {
  static PreparePaths of(Configuration configuration, PrepareOptions options) throws IOException {
    Path out = qualified(configuration, options.out());
    if (out.isRoot()) {
      throw UserException.usage("--out " + out + " is the root of its file system: name a folder");
    }

    List<Path> inputs = new ArrayList<>();
    for (String input : options.inputs()) {
      Path in = qualified(configuration, input);
      if (Places.overlap(Places.of(out), Places.of(in))) {
        throw UserException.usage(
            "--out " + out + " and --in " + in + " lie inside one another: keep them apart");
      }

      if (inputs.contains(in)) {
        throw UserException.usage("--in " + in + " is named twice");
      }

      if (options.source().equals("folder")) {
        requireApart(inputs, in);
      }

      inputs.add(in);
    }

    Path classes = options.classes() == null ? null : qualified(configuration, options.classes());
    return new PreparePaths(inputs, classes, out);
  }

  /** Pictures of a folder inside another would be examples twice. */
  private static void requireApart(List<Path> inputs, Path in) throws IOException {
    for (Path other : inputs) {
      if (Places.overlap(Places.of(other), Places.of(in))) {
        throw UserException.usage(
            "--in " + other + " and --in " + in + " lie inside one another: name the outer one");
      }
    }
  }

  private static Path qualified(Configuration configuration, String path) throws IOException {
    Path given = new Path(path);
    FileSystem files = Storage.of(configuration, given);
    return files.makeQualified(given);
  }
}
