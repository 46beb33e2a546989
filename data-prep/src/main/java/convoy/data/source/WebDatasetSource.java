package convoy.data.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads WebDataset's tars, which lie in the inputs or in folders of them that a split names. Beside
 * a picture there is its class, as {@code cls} (text) or {@code json} (with "label"), as {@link
 * WebDatasetSamples} pairs them. The tar's name, or else its folder's name, says the split: val,
 * valid, validation or test as a word mean validation.
 */
final class WebDatasetSource implements Source {
  private static final String ENDING = ".tar";
  private static final Pattern TRAIN = word("train|training");
  private static final Pattern HELD = word("val|valid|validation|test");
  private static final Logger LOG = LoggerFactory.getLogger(WebDatasetSource.class);

  /**
   * A tar.
   *
   * @param name different from that of the others
   */
  record Tar(Path path, String name, String split) implements Serializable {}

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    List<Path> paths = tars(InputFiles.of(tasks.configuration(), inputs));
    Map<Path, String> names = InputFiles.names(paths);
    List<Tar> tars = new ArrayList<>();
    paths.forEach(path -> tars.add(new Tar(path, names.get(path), split(path))));
    Findings found = new Findings();
    tars.stream()
        .filter(tar -> tar.split().equals(Item.VALIDATION))
        .forEach(tar -> found.holdsOut(tar.path().toString()));
    found.addAll(tasks, tars, WebDatasetSamples::of);
    for (String split : List.of(Item.TRAIN, Item.VALIDATION)) {
      LOG.info(
          "split={} tars={} samples={}",
          split,
          tars.stream().filter(tar -> tar.split().equals(split)).count(),
          found.candidates().stream().filter(sample -> sample.split().equals(split)).count());
    }

    return Candidates.listing(found, inputs.toString());
  }

  /** Finds the tars of the inputs, and of folders directly in them whose names say a split. */
  private static List<Path> tars(InputFiles files) throws IOException {
    List<Path> paths = new ArrayList<>(files.ending(ENDING));
    for (Path folder : files.folders()) {
      if (HELD.matcher(folder.getName()).find() || TRAIN.matcher(folder.getName()).find()) {
        paths.addAll(files.in(folder).ending(ENDING));
      }
    }

    if (paths.isEmpty()) {
      throw files.nothing(".tar");
    }

    return paths;
  }

  private static Pattern word(String words) {
    return Pattern.compile("(^|[-_.])(" + words + ")([-_.\\d]|$)", Pattern.CASE_INSENSITIVE);
  }

  private static String split(Path tar) {
    String folder = tar.getParent() == null ? "" : tar.getParent().getName();
    for (String name : List.of(tar.getName(), folder)) {
      if (HELD.matcher(name).find()) {
        return Item.VALIDATION;
      }

      if (TRAIN.matcher(name).find()) {
        return Item.TRAIN;
      }
    }

    return Item.TRAIN;
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
