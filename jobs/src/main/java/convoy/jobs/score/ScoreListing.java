package convoy.jobs.score;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All files of the inputs in the order of their paths, and counts of what is skipped.
 *
 * @param hiddenFiles number of files whose names begin with a dot
 * @param hiddenFolders number of folders whose names begin with a dot; nothing in them is counted
 * @param special number of pipes, sockets and devices
 * @param loops number of links back to a folder above them
 */
record ScoreListing(
    List<InputFile> files, long hiddenFiles, long hiddenFolders, long special, long loops) {

  /** Collects files and counts in any order. */
  static final class Builder {
    private final List<InputFile> files = new ArrayList<>();
    private long hiddenFiles;
    private long hiddenFolders;
    private long special;
    private long loops;

    void add(InputFile file) {
      files.add(file);
    }

    void addHiddenFile() {
      hiddenFiles++;
    }

    void addHiddenFolder() {
      hiddenFolders++;
    }

    void addSpecial() {
      special++;
    }

    void addLoop() {
      loops++;
    }

    ScoreListing build() {
      files.sort(Comparator.comparing(InputFile::path));
      return new ScoreListing(List.copyOf(files), hiddenFiles, hiddenFolders, special, loops);
    }
  }
}
