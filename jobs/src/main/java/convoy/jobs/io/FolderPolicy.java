package convoy.jobs.io;

import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The rules of one command for the files in its {@link OwnedFolder}.
 *
 * @param command name of the command, for messages
 * @param marker name of the file that is written first
 * @param owner JSON pointer to the place in the marker that names the run
 * @param last name of the file that is written last; equal to {@code marker} where the marker is
 *     completed instead of deleted
 * @param remedy what to do when another run has taken the folder
 * @param ours whether the command itself writes such a visible file or folder
 */
public record FolderPolicy(
    String command,
    String marker,
    String owner,
    String last,
    String remedy,
    Predicate<FileStatus> ours) {
  /** The remedy of commands that are run again with the same arguments. */
  public static final String RUN_AGAIN = "run it again to see what is left";

  /** The error, with exit code 1, that stops a run whose folder another run has taken. */
  public UserException takenOver(Path folder) {
    return new UserException(
        ExitCode.FAILURE,
        "%s was taken over by another run of %s; this one stops, %s"
            .formatted(folder, command, remedy));
  }
}
