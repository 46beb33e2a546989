package convoy.jobs.base;

import convoy.data.dataset.DatasetException;
import convoy.data.image.PictureMemoryException;
import convoy.zoo.engine.EngineException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotDirectoryException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkException;

/**
 * The meaning of a thrown error for the user. Spark wraps the error of a task, so the causes are
 * searched from the outside in, and the first known one wins. A bug keeps the trace of its cause.
 */
public record Failure(ExitCode exitCode, String message, Throwable bug) {
  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded|File too large");

  private static final Pattern UNUSABLE_PATH =
      Pattern.compile("(.*?)[: (]+(File name too long|Too many levels of symbolic links)[^)]*\\)?");

  /** What Spark says to a program that goes on after Spark has stopped by itself. */
  private static final Pattern STOPPED =
      Pattern.compile("SparkContext has been shutdown|.*stopped SparkContext.*");

  private static final String TASK_FAILURE = "most recent failure: ";

  /** Finds the failure behind an error. */
  public static Failure of(Throwable thrown) {
    List<Throwable> chain = chain(thrown);
    for (Throwable cause : chain) {
      if (cause instanceof UserException user) {
        return new Failure(user.exitCode(), user.getMessage(), null);
      }
    }

    for (Throwable cause : chain) {
      Failure known = known(cause);
      if (known != null) {
        return known;
      }
    }

    Throwable innermost = chain.get(chain.size() - 1);
    if (innermost instanceof SparkException) {
      return new Failure(ExitCode.FAILURE, sparkReason(innermost), null);
    }

    // Spark's wrapping adds nothing to the trace of the cause.
    Throwable bug = chain.stream().filter(cause -> !isWrapper(cause)).findFirst().orElse(innermost);
    return new Failure(ExitCode.FAILURE, bug.toString(), bug);
  }

  /** The error as one line; for a bug, its line and its trace. */
  public String text(String command) {
    String line = command + ": " + message;
    if (bug == null) {
      return line;
    }

    return command + ": unexpected error, this is a bug of Convoy\n" + trace(bug);
  }

  private static Failure known(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return new Failure(
          ExitCode.FAILURE,
          "out of memory ("
              + cause.getMessage()
              + "); give the driver more with CONVOY_DRIVER_MEMORY or --driver-memory, the"
              + " executors with --executor-memory",
          null);
    }

    if (cause instanceof PictureMemoryException picture) {
      String remedy =
          picture.isOfHeap()
              ? "CONVOY_DRIVER_MEMORY sets that of one JVM, --executor-memory that of executors"
              : "it was refused outside Java's heap: spark.executor.memoryOverhead, the container's"
                  + " limit or ulimit -v sets that, and a larger heap leaves less of it";
      return new Failure(ExitCode.FAILURE, firstLine(cause) + "; " + remedy, null);
    }

    if (cause instanceof EngineException) {
      return new Failure(ExitCode.USAGE, firstLine(cause), null);
    }

    if (cause instanceof DatasetException) {
      return new Failure(ExitCode.BAD_DATA, firstLine(cause), null);
    }

    if (isOfFullDisk(cause)) {
      return new Failure(ExitCode.FAILURE, full(firstLine(cause)), null);
    }

    String refusal = refusal(cause);
    if (refusal != null) {
      return new Failure(ExitCode.USAGE, refusal, null);
    }

    if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
      return new Failure(ExitCode.BAD_DATA, "no such file: " + firstLine(cause), null);
    }

    if (cause instanceof ChecksumException) {
      return new Failure(
          ExitCode.BAD_DATA, "a file is damaged or was edited: " + firstLine(cause), null);
    }

    if (cause instanceof ClassNotFoundException && firstLine(cause).contains(".hadoop.fs.")) {
      return new Failure(
          ExitCode.USAGE,
          "%s: the connector of this file system is not here; add --packages"
                  .formatted(firstLine(cause))
              + " org.apache.hadoop:hadoop-aws:%s for s3a (spark-submit, or scripts/convoy with"
                  .formatted(VersionInfo.getVersion())
              + " --master), or put its jars into jars/ of SPARK_HOME",
          null);
    }

    if (cause instanceof IllegalArgumentException
        && firstLine(cause).matches("\\[INVALID_(DRIVER|EXECUTOR)_MEMORY] .*")) {
      return new Failure(ExitCode.USAGE, firstLine(cause).replaceFirst("^\\S+ ", ""), null);
    }

    if (cause instanceof IllegalStateException && STOPPED.matcher(firstLine(cause)).matches()) {
      return new Failure(
          ExitCode.FAILURE,
          "Spark ended before the command did, as when its master is lost or somebody kills the"
              + " application; the lines above have the reason. Run the command again",
          null);
    }

    if (cause instanceof UnsupportedFileSystemException) {
      return new Failure(ExitCode.USAGE, firstLine(cause), null);
    }

    if (cause instanceof UnsupportedOperationException && isOfFileSystem(cause)) {
      return new Failure(
          ExitCode.USAGE,
          "this file system can't do %s: name a path on a local disk, HDFS or S3"
              .formatted(cause.getStackTrace()[0].getMethodName()),
          null);
    }

    if (cause instanceof UnknownHostException && !firstLine(cause).contains(" ")) {
      return new Failure(
          ExitCode.FAILURE,
          "the host %s is unknown: check its name and the network".formatted(firstLine(cause)),
          null);
    }

    boolean outside =
        cause instanceof AccessControlException
            || cause instanceof AccessDeniedException
            || cause instanceof ConnectException
            || cause instanceof UnknownHostException;
    if (outside) {
      return new Failure(
          ExitCode.FAILURE, cause.getClass().getSimpleName() + ": " + firstLine(cause), null);
    }

    // The operating system's own reason, such as that of a disk that is broken or gone.
    return cause instanceof FileSystemException file && file.getReason() != null
        ? new Failure(
            ExitCode.FAILURE,
            firstLine(cause) + "; check this file and its disk, and run the command again",
            null)
        : null;
  }

  private static boolean isOfFileSystem(Throwable cause) {
    StackTraceElement[] frames = cause.getStackTrace();
    return frames.length > 0 && frames[0].getClassName().startsWith("org.apache.hadoop.fs.");
  }

  /** Whether there is no room, or no right to more of it, where something was written. */
  public static boolean isOfFullDisk(Throwable cause) {
    return cause instanceof IOException && FULL.matcher(firstLine(cause)).find();
  }

  /** What is written to a folder that the user named has the file's path before the reason. */
  private static String full(String line) {
    return line.startsWith("/")
        ? line + "; free some space there or name another folder, and run the command again"
        : line
            + "; it was probably a temporary file of Spark: free some space in its folder, or name"
            + " another one with spark.local.dir or SPARK_LOCAL_DIRS, and run the command again";
  }

  /** The reason why the local file system refuses to read or write, or null. */
  private static String refusal(Throwable cause) {
    if (!(cause instanceof IOException)) {
      return null;
    }

    String line = firstLine(cause);
    if (cause instanceof FileNotFoundException && line.endsWith(" (Permission denied)")) {
      return "no permission: " + line.replace(" (Permission denied)", "");
    }

    if (line.endsWith("Is a directory") || line.endsWith("(Is a directory)")) {
      String path = line.replaceFirst("[: (]*Is a directory\\)?$", "");
      return (path.isEmpty() ? "a folder was given" : path + " is a folder") + ": name a file";
    }

    Matcher unusable = UNUSABLE_PATH.matcher(line);
    if (unusable.matches()) {
      return "the path %s can't be used (%s): choose another"
          .formatted(unusable.group(1), unusable.group(2));
    }

    if (line.endsWith(" is a folder, not a file to replace")) {
      return line + ": move it away, or name another folder";
    }

    if (line.endsWith(" is a pipe, socket or device: name a file")) {
      return line;
    }

    return cause instanceof ParentNotDirectoryException
            || cause instanceof NotDirectoryException
            || cause instanceof PathIsNotDirectoryException
            || line.startsWith("Mkdirs failed to create")
            || line.startsWith("Parent path is not a directory")
        ? "can't write there: " + line
        : null;
  }

  /** The causes from the outside in. A chain that loops ends at its first repetition. */
  private static List<Throwable> chain(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      chain.add(cause);
    }

    return chain;
  }

  private static boolean isWrapper(Throwable cause) {
    return cause.getCause() != null
        && (cause instanceof SparkException
            || cause instanceof java.util.concurrent.ExecutionException
            || cause instanceof UncheckedIOException
            || cause.getClass() == RuntimeException.class);
  }

  // The task has no cause: its executor was lost, or its error can't be deserialized.
  private static String sparkReason(Throwable spark) {
    String message = String.valueOf(spark.getMessage());
    int reason = message.indexOf(TASK_FAILURE);
    String line =
        (reason < 0 ? message : message.substring(reason + TASK_FAILURE.length()))
            .lines()
            .findFirst()
            .orElse("Spark failed");
    if (line.contains("exited with code 52")) { // Spark uses this code when memory runs out.
      return line + "; out of memory: give executors more with --executor-memory";
    }

    if (line.contains("TaskResultLost")) {
      return line
          + "; if no executor was lost, the driver had no room for it: give it more with"
          + " CONVOY_DRIVER_MEMORY or --driver-memory";
    }

    return line.contains("ExecutorLostFailure")
        ? line + "; if its container or host ran out of memory, raise spark.executor.memoryOverhead"
        : line;
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /** Each cause with its frames down to the last one of Convoy; the rest belong to Spark. */
  private static String trace(Throwable bug) {
    return chain(bug).stream()
        .map(cause -> cause + frames(cause.getStackTrace()))
        .collect(Collectors.joining("\nCaused by: "));
  }

  private static String frames(StackTraceElement[] frames) {
    int end = 0;
    for (int i = 0; i < frames.length; i++) {
      if (frames[i].getClassName().startsWith("convoy.")) {
        end = i + 1;
      }
    }

    return Arrays.stream(frames)
        .limit(end == 0 ? frames.length : end)
        .map(frame -> "\n\tat " + frame)
        .collect(Collectors.joining());
  }
}
