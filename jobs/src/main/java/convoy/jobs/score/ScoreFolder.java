package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.files.Storage;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.io.FolderPolicy;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.OwnedFolder;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of rows. In the end it holds exactly one row for each file, whichever process is
 * killed and when. A file has a row if a visible part holds it; there is no second list.
 *
 * <ol>
 *   <li>A task writes its chunk under a hidden name that belongs to this run and this attempt. Only
 *       the driver makes it a part, by a rename, once for each chunk, after the task's result has
 *       arrived. A failed, killed or speculative attempt leaves a hidden file and nothing else. The
 *       same is true of an executor that outlives its driver.
 *   <li>A run first reads from the visible parts which files have a row, and cuts chunks only from
 *       the rest. Therefore an interrupted run needs no stored plan, even if files were added or
 *       removed since: a file that has a row keeps it, and a file that has none gets one.
 *   <li>New parts take the free numbers from 0 on, so no part is ever replaced.
 * </ol>
 *
 * <p>A run deletes the hidden files of other runs when it begins. If another run was only
 * suspended, it finds its hidden files gone and stops without changing anything.
 */
final class ScoreFolder {
  static final String MANIFEST = "_manifest";
  private static final String MARKER = ".unfinished.json";
  private static final String TEMPORARY = ".tmp-";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Configuration configuration;
  private final FileSystem files;
  private final Path path;
  private final String format;
  private final OwnedFolder folder;
  private final Path temporary;

  ScoreFolder(Configuration configuration, String out, String format) throws IOException {
    this.configuration = configuration;
    Path given = new Path(out);
    this.files = Storage.of(configuration, given);
    this.path = files.makeQualified(given);
    this.format = format;
    this.folder = new OwnedFolder(configuration, path, policy(format));
    this.temporary = new Path(path, TEMPORARY + folder.run());
  }

  /** Which files in a folder of rows in this format belong to score. */
  static FolderPolicy policy(String format) {
    return new FolderPolicy(
        "score",
        MARKER,
        OwnedFolder.OWNER,
        MANIFEST,
        FolderPolicy.RUN_AGAIN,
        inside -> isPart(inside, format) || inside.getPath().getName().equals(MANIFEST));
  }

  private static boolean isPart(FileStatus inside, String format) {
    return inside.isFile() && inside.getPath().getName().matches("part-\\d{5,}\\." + format);
  }

  /**
   * The content of the folder.
   *
   * @param state what the folder is to this run
   * @param manifest manifest of a folder that was finished once, or null
   * @param arguments arguments of its rows, or null if they are unknown
   * @param parts number of bytes of each part, by name
   * @param foreign visible names that don't belong to score
   */
  record Contents(
      OwnedFolder.State state,
      ScoreManifest manifest,
      ScoreArguments arguments,
      TreeMap<String, Long> parts,
      List<String> foreign) {}

  Path path() {
    return path;
  }

  /** The hidden folder that the tasks of this run write to. */
  Path temporary() {
    return temporary;
  }

  Contents contents() throws IOException {
    OwnedFolder.Contents found = folder.contents();
    return contents(found, found.has(MANIFEST) ? readManifest() : null);
  }

  /** The content of a folder that is going to be replaced, which may have a damaged manifest. */
  Contents contentsToReplace() throws IOException {
    return contents(folder.contents(), null);
  }

  private Contents contents(OwnedFolder.Contents found, ScoreManifest manifest) {
    TreeMap<String, Long> parts = new TreeMap<>();
    found.visible().values().stream()
        .filter(inside -> isPart(inside, format))
        .forEach(part -> parts.put(part.getPath().getName(), part.getLen()));
    ScoreArguments marked = arguments(found.marker());
    boolean finished =
        marked == null
            && manifest != null
            && manifest.sizes().equals(parts)
            && found.foreign().isEmpty();
    boolean begun = marked != null || manifest != null || found.visible().isEmpty();
    ScoreArguments arguments = manifest == null ? marked : manifest.arguments();
    return new Contents(found.state(finished, begun), manifest, arguments, parts, found.foreign());
  }

  private ScoreManifest readManifest() throws IOException {
    Path file = new Path(path, MANIFEST);
    try {
      return ScoreManifest.fromJson(HadoopFiles.readText(configuration, file), file.toString());
    } catch (ChecksumException damaged) {
      throw new UserException(
          ExitCode.BAD_DATA,
          file + " is damaged or was edited: score again with --overwrite",
          damaged);
    }
  }

  /**
   * The arguments in a marker, or null if it has none: the folder is empty, was cleared, or belongs
   * to another program.
   */
  private static ScoreArguments arguments(JsonNode marker) {
    try {
      return marker.isEmpty() ? null : JSON.treeToValue(marker, ScoreArguments.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Deletes everything in the folder. The marker names no arguments until the run begins. */
  void clear() throws IOException {
    folder.replace(JSON.createObjectNode(), name -> false);
  }

  /** Takes the folder before the first part of a run is written. */
  void begin(ScoreArguments arguments) throws IOException {
    folder.take(JSON.valueToTree(arguments));
    for (FileStatus inside : files.listStatus(path)) { // Attempts of earlier runs left these.
      if (inside.getPath().getName().startsWith(TEMPORARY)) {
        files.delete(inside.getPath(), true);
      }
    }

    files.mkdirs(temporary);
  }

  /** Cleans up after a failure. Parts stay, and so do the files of another run. */
  void abandon() throws IOException {
    files.delete(temporary, true);
    folder.abandon();
  }

  /** Makes the file that a task has written a part. */
  void commit(String file, int part) throws IOException {
    folder.requireOwn();
    Path target = new Path(path, partName(part));
    if (files.exists(target) || !files.rename(new Path(file), target)) {
      throw new IOException("cannot rename " + file + " to " + target);
    }
  }

  /** Writes the manifest after the last part of a run. */
  void finish(ScoreManifest manifest) throws IOException {
    folder.finish(
        () -> HadoopFiles.writeText(configuration, new Path(path, MANIFEST), manifest.toJson()));
    files.delete(temporary, true);
  }

  String partName(int part) {
    return new PartFile(HadoopSettings.of(configuration), format).name(part);
  }

  /** The numbers from 0 on that no part has, in order. */
  Iterable<Integer> freeNumbers(Collection<String> parts) {
    return () ->
        (Iterator<Integer>)
            IntStream.iterate(0, number -> number + 1)
                .filter(number -> !parts.contains(partName(number)))
                .iterator();
  }
}
