package convoy.jobs.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.UserException;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.spark.HadoopSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of rows, and how it comes to hold exactly one row a file whatever is killed and when.
 *
 * <p>A file has a row when a visible part holds it, and no other list says otherwise. So:
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
 *   <li>The marker is written before the first part, {@code _manifest} after the last, then the
 *       marker goes: parts without either of them aren't ours.
 * </ol>
 *
 * <p>The last run to begin owns the folder: it deletes what others have under hidden names. One
 * that went on after a sleep finds its own gone and stops without a trace.
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
  private final Path temporary;

  ScoreFolder(Configuration configuration, String out, String format) throws IOException {
    this.configuration = configuration;
    Path given = new Path(out);
    this.files = given.getFileSystem(configuration);
    this.path = files.makeQualified(given);
    this.format = format;
    this.temporary = new Path(path, TEMPORARY + UUID.randomUUID());
  }

  /**
   * What is there.
   *
   * @param manifest of a finished folder, or null
   * @param marker arguments of an unfinished run, or null
   * @param parts bytes by name
   * @param foreign other visible names
   */
  record Contents(
      ScoreManifest manifest,
      ScoreArguments marker,
      TreeMap<String, Long> parts,
      List<String> foreign) {

    boolean isEmpty() {
      return manifest == null && marker == null && parts.isEmpty() && foreign.isEmpty();
    }

    /** The arguments that made it, null when it isn't ours. */
    ScoreArguments arguments() {
      if (!foreign.isEmpty()) {
        return null;
      }

      return manifest != null ? manifest.arguments() : marker;
    }

    /** Whether the manifest's parts are there, in their sizes, and no others. */
    boolean isFinished() {
      if (manifest == null || marker != null) {
        return false;
      }

      TreeMap<String, Long> listed = new TreeMap<>();
      manifest.parts().forEach(part -> listed.put(part.path(), part.bytes()));
      return listed.equals(parts);
    }
  }

  Path path() {
    return path;
  }

  /** Where the tasks of this run write. */
  Path temporary() {
    return temporary;
  }

  Contents contents() throws IOException {
    TreeMap<String, Long> parts = new TreeMap<>();
    List<String> foreign = new ArrayList<>();
    ScoreManifest manifest = null;
    ScoreArguments marker = null;
    for (FileStatus entry : list()) {
      String name = entry.getPath().getName();
      if (name.equals(MANIFEST)) {
        manifest = ScoreManifest.fromJson(read(entry), entry.getPath().toString());
      } else if (name.equals(MARKER)) {
        marker = marker(read(entry));
      } else if (name.matches("part-\\d{5,}\\." + format) && entry.isFile()) {
        parts.put(name, entry.getLen());
      } else if (!name.startsWith(".")) {
        foreign.add(name);
      }
    }

    return new Contents(manifest, marker, parts, foreign);
  }

  private FileStatus[] list() throws IOException {
    try {
      if (files.getFileStatus(path).isFile()) {
        throw UserException.usage("--out " + path + " is a file; name a folder");
      }

      return files.listStatus(path);
    } catch (FileNotFoundException absent) {
      return new FileStatus[0];
    }
  }

  private String read(FileStatus entry) throws IOException {
    return HadoopFiles.readText(configuration, entry.getPath());
  }

  /** Null when another program wrote it. */
  private static ScoreArguments marker(String text) {
    try {
      return JSON.readValue(text, ScoreArguments.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  /** Deletes all that is in the folder, the manifest first. */
  void clear() throws IOException {
    files.delete(new Path(path, MANIFEST), false);
    for (FileStatus entry : list()) {
      files.delete(entry.getPath(), true);
    }
  }

  /** Before the first part of a run. */
  void begin(ScoreArguments arguments) throws IOException {
    deleteTemporary();
    HadoopFiles.writeText(
        configuration, new Path(path, MARKER), JSON.writeValueAsString(arguments) + "\n");
    files.mkdirs(temporary);
  }

  /**
   * Makes sure that no other run has begun since.
   *
   * @throws UserException with exit code 1
   */
  void requireOwned() throws IOException {
    if (!files.exists(temporary)) {
      throw PartFile.takenOver(path);
    }
  }

  /** After a failure: leaves parts and what another run has begun. */
  void abandon() throws IOException {
    if (files.exists(temporary)) {
      files.delete(temporary, true);
      undoIfEmpty();
    }
  }

  /** A run that failed before its first row leaves the folder to any other. */
  private void undoIfEmpty() throws IOException {
    Contents left = contents();
    if (left.parts().isEmpty() && left.manifest() == null) {
      files.delete(new Path(path, MARKER), false);
    }
  }

  /** Makes a task's file a part. */
  void commit(String file, int part) throws IOException {
    requireOwned();
    Path target = new Path(path, partName(part));
    if (files.exists(target) || !files.rename(new Path(file), target)) {
      throw new IOException("cannot rename " + file + " to " + target);
    }
  }

  /** After the last part of a run. */
  void finish(ScoreManifest manifest) throws IOException {
    requireOwned();
    HadoopFiles.writeText(configuration, new Path(path, MANIFEST), manifest.toJson());
    files.delete(new Path(path, MARKER), false);
    files.delete(temporary, true);
  }

  /** Deletes what attempts of earlier runs left. */
  private void deleteTemporary() throws IOException {
    for (FileStatus entry : list()) {
      if (entry.getPath().getName().startsWith(TEMPORARY)) {
        files.delete(entry.getPath(), true);
      }
    }
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
