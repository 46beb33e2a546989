package convoy.jobs;

import convoy.data.files.LocalDisk;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.Failure;
import convoy.jobs.base.UserException;
import convoy.jobs.command.InputPath;
import convoy.jobs.command.OutputPath;
import convoy.jobs.spark.HadoopSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.security.AccessControlException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Checks the paths of a command before it starts: whether they are empty, not a path, or not
 * writable. The annotations {@link InputPath} and {@link OutputPath} mark such arguments.
 */
final class PathArguments {
  private PathArguments() {}

  /**
   * Checks all paths.
   *
   * @throws UserException with exit code 2 for the first wrong path, with exit code 3 for the first
   *     that is absent
   */
  static void check(ParseResult parsed) throws IOException {
    for (ArgSpec argument : parsed.matchedArgs()) {
      String name = name(argument);
      for (String value : argument.originalStringValues()) {
        if (value.isBlank() && isText(argument)) {
          throw UserException.usage(name + " is empty: give a value");
        }

        InputPath input = annotation(InputPath.class, argument);
        OutputPath output = annotation(OutputPath.class, argument);
        if (output != null || input != null) {
          requirePath(name, value, isLocal(argument));
        }

        boolean outputFile = output != null && output.file();
        if ((outputFile || (input != null && input.file())) && isFolder(value, isLocal(argument))) {
          throw new UserException(
              outputFile ? ExitCode.USAGE : ExitCode.BAD_DATA,
              "%s %s is a folder: name a file".formatted(name, value));
        }

        if (outputFile && isSpecial(value, isLocal(argument))) {
          throw UserException.usage(
              "%s %s is a pipe, socket or device: name a file".formatted(name, value));
        }

        if (outputFile
            && parsed.commandSpec().findOption("--overwrite") == null
            && isOwn(value, isLocal(argument))) {
          throw UserException.usage(
              "%s %s is a file of a dataset, model, run or scores: name another"
                  .formatted(name, value));
        }

        if (output != null) {
          requireWritable(name, value, isLocal(argument));
        }
      }
    }

    // An absent folder may come later, but wrong usage stays wrong: so this is checked last.
    for (ArgSpec argument : parsed.matchedArgs()) {
      InputPath input = annotation(InputPath.class, argument);
      if (input != null && input.folder()) {
        for (String value : argument.originalStringValues()) {
          requireFolder(name(argument), value);
        }
      }
    }
  }

  /** The name of an argument in messages. */
  static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** The annotation of an argument, or null. */
  private static <A extends Annotation> A annotation(Class<A> check, ArgSpec argument) {
    return argument.userObject() instanceof AnnotatedElement field
        ? field.getAnnotation(check)
        : null;
  }

  private static boolean isFolder(String value, boolean local) throws IOException {
    if (local) {
      return Files.isDirectory(Path.of(value));
    }

    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(value);
    FileSystem files = Storage.of(HadoopSettings.local().configuration(), path);
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException absent) {
      return false;
    }
  }

  private static boolean isOwn(String value, boolean local) throws IOException {
    org.apache.hadoop.fs.Path path = qualified(value, local);
    return OwnFiles.isOne(Storage.of(HadoopSettings.local().configuration(), path), path);
  }

  private static boolean isSpecial(String value, boolean local) throws IOException {
    URI place = qualified(value, local).toUri();
    return "file".equals(place.getScheme()) && LocalDisk.isSpecial(Path.of(place.getPath()));
  }

  private static org.apache.hadoop.fs.Path qualified(String value, boolean local)
      throws IOException {
    org.apache.hadoop.fs.Path path =
        local
            ? new org.apache.hadoop.fs.Path(Path.of(value).toUri())
            : new org.apache.hadoop.fs.Path(value);
    return Storage.of(HadoopSettings.local().configuration(), path).makeQualified(path);
  }

  private static void requireFolder(String name, String value) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(value);
    FileSystem files = Storage.of(HadoopSettings.local().configuration(), path);
    try {
      if (!files.getFileStatus(path).isDirectory()) {
        throw UserException.badData("%s %s is a file: name a folder".formatted(name, value));
      }
    } catch (FileNotFoundException absent) {
      throw UserException.badData("%s %s doesn't exist: check the path".formatted(name, value));
    }
  }

  private static boolean isLocal(ArgSpec argument) {
    return argument.type() == Path.class;
  }

  private static boolean isText(ArgSpec argument) {
    return isLocal(argument) || List.of(argument.auxiliaryTypes()).contains(String.class);
  }

  /** Refuses what is no path, such as the output of a command with several lines. */
  private static void requirePath(String option, String value, boolean local) {
    if (value.matches("(?s).*\\R.*")) {
      throw UserException.usage(
          "%s %s has a line break: name it by a link without one".formatted(option, value));
    }

    if (local) {
      return;
    }

    try {
      new org.apache.hadoop.fs.Path(value);
    } catch (IllegalArgumentException problem) {
      throw new UserException(
          ExitCode.USAGE,
          "%s %s is not a path: before a colon stands a scheme such as hdfs; for a name write ./%s"
              .formatted(option, value, value),
          problem);
    }
  }

  /**
   * Reports now what would otherwise fail after the work. Whether existing files may be replaced is
   * left to the command.
   */
  private static void requireWritable(String name, String value, boolean local) throws IOException {
    if (local) {
      requireWritable(name, Path.of(value).toAbsolutePath());
      return;
    }

    Configuration configuration = HadoopSettings.local().configuration();
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(value);
    FileSystem files = Storage.of(configuration, path);
    path = files.makeQualified(path);
    if ("file".equals(path.toUri().getScheme())) {
      requireWritable(name, Path.of(path.toUri().getPath()));
      return;
    }

    if (List.of("http", "https").contains(path.toUri().getScheme())) {
      throw UserException.usage(
          "%s %s can only be read: name a place on a local disk, HDFS or S3"
              .formatted(name, value));
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
      throw notWritable(name, value, path.toString(), denied);
    }
  }

  // A check of permissions is not enough: root has them all, but can't create files in /proc.
  private static void requireWritable(String option, Path path) throws IOException {
    if (Files.exists(path)) {
      return;
    }

    Path there = path.getParent();
    while (!Files.exists(there)) {
      there = there.getParent();
    }

    if (!Files.isDirectory(there)) {
      throw UserException.usage(
          "%s %s: %s is a file, not a folder; choose another place".formatted(option, path, there));
    }

    try {
      Files.delete(Files.createTempFile(there, ".convoy", ".tmp"));
    } catch (IOException refused) {
      if (Failure.isOfFullDisk(refused)) {
        throw refused;
      }

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
