package convoy.jobs.score;

import convoy.data.image.BadPictureException;
import convoy.jobs.base.UserException;
import convoy.jobs.io.Places;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.security.AccessControlException;

/**
 * The files to score, on the local file system or any other that Hadoop knows. A name is never read
 * as a pattern or a URI, so every letter that a file system allows may be in a name.
 *
 * <p>Rows name a file by its path relative to its input. With several inputs the name of the input
 * stands before the path, so two folders {@code a} and {@code b} give {@code a/x.jpg} and {@code
 * b/x.jpg}.
 */
final class ScoreInputs {
  /** A larger file is not read at all, as no decoder accepts such a picture. */
  static final long MAX_BYTES = 512L << 20;

  private static final int ATTEMPTS = 3;

  private ScoreInputs() {}

  /** One value of {@code --in}: a folder or a single file. */
  interface Input {
    /** The absolute place, for messages and to find out whether two places overlap. */
    String place();

    /** The last part of the place. */
    String name();

    /**
     * Adds all files to {@code listing}.
     *
     * @param prefix stands before each relative path
     */
    void list(String prefix, ScoreListing.Builder listing) throws IOException;
  }

  /** Finds the input: a local file or folder if it exists, else that of the scheme. */
  static Input input(String path, Configuration configuration) throws IOException {
    if (LocalInput.isLocal(path, configuration)) {
      return LocalInput.of(path);
    }

    return HadoopInput.of(path, configuration);
  }

  /**
   * Lists all inputs.
   *
   * @throws UserException with exit code 2 if two inputs overlap or give the same path, with exit
   *     code 3 if one is absent or can't be listed
   */
  static ScoreListing list(List<String> paths, Configuration configuration) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (String path : paths) {
      inputs.add(input(path, configuration));
    }

    for (int k = 0; k < inputs.size(); k++) {
      for (int other = 0; other < k; other++) {
        checkApart("--in", inputs.get(other).place(), "--in", inputs.get(k).place());
      }
    }

    ScoreListing.Builder listing = new ScoreListing.Builder();
    for (Input input : inputs) {
      input.list(inputs.size() == 1 ? "" : input.name(), listing);
    }

    ScoreListing all = listing.build();
    checkUnique(all.files());
    return all;
  }

  /** Throws an error if one of two places contains the other. */
  static void checkApart(String option, String place, String otherOption, String otherPlace) {
    if (Places.overlap(place, otherPlace)) {
      throw UserException.usage(
          "%s %s and %s %s overlap; give folders that lie apart"
              .formatted(option, place, otherOption, otherPlace));
    }
  }

  private static void checkUnique(List<InputFile> sorted) {
    for (int k = 1; k < sorted.size(); k++) {
      InputFile one = sorted.get(k - 1);
      InputFile two = sorted.get(k);
      if (one.path().equals(two.path())) {
        throw UserException.usage(
            "two files would both be called '%s' in the rows: %s and %s; score them in two runs"
                .formatted(one.path(), one.location(), two.location()));
      }
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @throws BadPictureException if it can't be read: it is absent or forbidden, or the disk fails
   */
  static byte[] read(InputFile file, Configuration configuration) throws BadPictureException {
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = open(file.location(), configuration)) {
        byte[] bytes = in.readNBytes((int) MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new BadPictureException(
              "too-large", "more than " + (MAX_BYTES >> 20) + " MiB, which no picture has");
        }

        return bytes;
      } catch (NoSuchFileException | FileNotFoundException e) {
        throw new BadPictureException("not-found", "the file was listed but is no longer there");
      } catch (AccessDeniedException | AccessControlException e) {
        throw new BadPictureException("unreadable", "permission denied");
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new BadPictureException("unreadable", String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static InputStream open(String location, Configuration configuration) throws IOException {
    return location.startsWith(LocalInput.SCHEME)
        ? LocalInput.open(location)
        : HadoopInput.open(location, configuration);
  }
}
