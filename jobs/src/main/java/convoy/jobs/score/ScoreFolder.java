package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
 * The folder of rows. It comes to hold exactly one row a file, whatever is killed and when: a file
 * has a row when a visible part holds it, and no other list says otherwise.
 *
 * <ol>
 *   <li>A task writes its chunk under a hidden name that belongs to this run and this attempt. Only
 *       the driver makes it a part, by a rename, once for each chunk, when the task's result has
 *       come. A failed, killed or speculated attempt leaves a hidden file and nothing else, and so
 *       does an executor that outlives its killed driver.
 *   <li>A run first reads from the visible parts which files have a row and cuts chunks from the
 *       others only. Files that came or went since a killed run therefore need no plan of that run:
 *       what has a row keeps it, what has none gets one.
 *   <li>Parts take the free numbers from 0 on: no part is ever replaced.
 * </ol>
 *
 * <p>A run that begins deletes what others have under hidden names. One that went on after a sleep
 * finds its own gone and stops without a trace.
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
    this.files = given.getFileSystem(configuration);
    this.path = files.makeQualified(given);
    this.format = format;
    this.folder = new OwnedFolder(configuration, path, policy(format));
    this.temporary = new Path(path, TEMPORARY + folder.run());
  }

  /** What is ours in a folder of rows in this format. */
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
   * What is there.
   *
   * @param state whose the folder is
   * @param manifest of a folder that was finished once, or null
   * @param arguments that made it, or null when nothing tells them
   * @param parts bytes by name
   * @param foreign other visible names
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

  /** Where the tasks of this run write. */
  Path temporary() {
    return temporary;
  }

  Contents contents() throws IOException {
    OwnedFolder.Contents found = folder.contents();
    return contents(found, found.has(MANIFEST) ? readManifest() : null);
  }

  /** What is there, for a run that replaces it: a damaged manifest is no obstacle. */
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

  /** Null where none are marked: nothing is there, or a run cleared it, or another program's. */
  private static ScoreArguments arguments(JsonNode marker) {
    try {
      return marker.isEmpty() ? null : JSON.treeToValue(marker, ScoreArguments.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Deletes all that is in the folder; the marker names no arguments until the run begins. */
  void clear() throws IOException {
    folder.replace(JSON.createObjectNode(), name -> false);
  }

  /** Before the first part of a run. */
  void begin(ScoreArguments arguments) throws IOException {
    folder.take(JSON.valueToTree(arguments));
    for (FileStatus inside : files.listStatus(path)) { // What attempts of earlier runs left.
      if (inside.getPath().getName().startsWith(TEMPORARY)) {
        files.delete(inside.getPath(), true);
      }
    }

    files.mkdirs(temporary);
  }

  /** After a failure: leaves parts and what another run has begun. */
  void abandon() throws IOException {
    files.delete(temporary, true);
    folder.abandon();
  }

  /** Makes a task's file a part. */
  void commit(String file, int part) throws IOException {
    folder.requireOwn();
    Path target = new Path(path, partName(part));
    if (files.exists(target) || !files.rename(new Path(file), target)) {
      throw new IOException("cannot rename " + file + " to " + target);
    }
  }

  /** After the last part of a run. */
  void finish(ScoreManifest manifest) throws IOException {
    folder.finish(
        () -> HadoopFiles.writeText(configuration, new Path(path, MANIFEST), manifest.toJson()));
    files.delete(temporary, true);
  }

  String partName(int part) {
    return new PartFile(HadoopSettings.of(configuration), format).name(part);
  }

  /** Numbers from 0 on whose parts aren't there. */
  Iterable<Integer> freeNumbers(Collection<String> parts) {
    return () ->
        (Iterator<Integer>)
            IntStream.iterate(0, number -> number + 1)
                .filter(number -> !parts.contains(partName(number)))
                .iterator();
  }
}
