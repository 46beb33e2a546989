package convoy.jobs;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Recognizes the files of datasets, models, runs and scores, which no other result may replace. */
final class OwnFiles {
  private static final Pattern NAMES =
      Pattern.compile(
          "(manifest|model|state|status|dataset|init|_prepare|_run)\\.json|_manifest|recipe\\.yaml"
              + "|(metrics|quarantine)\\.jsonl|(weights|optimizer)\\.safetensors|part-.*");

  /** One of these makes its folder a dataset, model, run or folder of scores. */
  private static final String[] MARKS = {
    "manifest.json", "model.json", "status.json", "_prepare.json", "_manifest"
  };

  private OwnFiles() {}

  static boolean isOne(FileSystem files, Path path) throws IOException {
    if (!NAMES.matcher(path.getName()).matches() || !files.exists(path)) {
      return false;
    }

    Path folder = path.getParent();
    return isMarked(files, folder) // Shards lie one folder deeper.
        || (folder.getParent() != null && isMarked(files, folder.getParent()));
  }

  private static boolean isMarked(FileSystem files, Path folder) throws IOException {
    for (String mark : MARKS) {
      if (files.exists(new Path(folder, mark))) {
        return true;
      }
    }

    return false;
  }
}
