package convoy.jobs;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What can be told of a command's paths before it starts: empty, no path, or not writable. */
final class PathArguments {
  /** Of options that are paths of any Hadoop file system. */
  private static final Set<String> LABELS =
      Set.of("RUN", "DATASET", "MODEL", "FILE", "DIR", "PATH");

  private PathArguments() {}

  /**
   * Checks all.
   *
   * @throws UserException with exit code 2
   */
  static void check(ParseResult parsed) throws IOException {
    for (OptionSpec option : parsed.matchedOptions()) {
      for (String value : option.originalStringValues()) {
        if (value.isBlank() && isText(option)) {
          throw UserException.usage(option.longestName() + " is empty: give a value");
        }

        if (isHadoopPath(option, parsed.commandSpec().name())) {
          requirePath(option.longestName(), value);
        }

        if (option.longestName().equals("--out")) {
          requireWritable(option, value);
        }
      }
    }
  }

  private static boolean isText(ArgSpec option) {
    return option.type() == Path.class || List.of(option.auxiliaryTypes()).contains(String.class);
  }

  /** What score reads is a plain name: a colon in it is just a letter. */
  private static boolean isHadoopPath(ArgSpec option, String command) {
    return LABELS.contains(option.paramLabel())
        && option.type() != Path.class
        && !(command.equals("score") && option.paramLabel().equals("PATH"));
  }

  private static void requirePath(String option, String value) {
    try {
      new org.apache.hadoop.fs.Path(value);
    } catch (IllegalArgumentException problem) {
      throw new UserException(
          ExitCode.USAGE,
          "%s %s is no path: before a colon stands a scheme such as hdfs; for a name write ./%s"
              .formatted(option, value, value),
          problem);
    }
  }

  /** Says now what would else fail after the work; what is there already is left to the command. */
  private static void requireWritable(OptionSpec option, String value) throws IOException {
    if (option.type() == Path.class) {
      requireWritable(option.longestName(), Path.of(value).toAbsolutePath());
      return;
    }

    Configuration configuration = HadoopSettings.local().configuration();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(value);
    FileSystem files = path.getFileSystem(configuration);
    path = files.makeQualified(path);
    if ("file".equals(path.toUri().getScheme())) {
      requireWritable(option.longestName(), Path.of(path.toUri().getPath()));
      return;
    }

    if (files.exists(path)) {
      return;
    }

    while (path.getParent() != null && !files.exists(path)) {
      path = path.getParent();
    }

    try {
      files.access(path, FsAction.WRITE);
    } catch (AccessControlException denied) {
      throw notWritable(option.longestName(), value, path.toString(), denied);
    }
  }

  // Asking for permissions is not enough: root has them all, and still makes nothing in /proc.
  private static void requireWritable(String option, Path path) {
    if (Files.exists(path)) {
      return;
    }

    Path there = path.getParent();
    while (!Files.exists(there)) {
      there = there.getParent();
    }

    if (!Files.isDirectory(there)) {
      throw UserException.usage(
          "%s %s: %s is a file, no folder; choose another place".formatted(option, path, there));
    }

    try {
      Files.delete(Files.createTempFile(there, ".convoy", ".tmp"));
    } catch (IOException refused) {
      throw notWritable(option, path.toString(), there.toString(), refused);
    }
  }

  private static UserException notWritable(
      String option, String value, String folder, IOException reason) {
    return new UserException(
        ExitCode.USAGE,
        "%s %s: can't write in %s; choose another place".formatted(option, value, folder),
        reason);
  }
}
