package convoy.data.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Reads ILSVRC2012 as it is downloaded: the training tar, which holds one tar for each class and
 * needn't be unpacked, and the validation tar with its ground truth.
 */
final class ImagenetSource implements Source {
  static final String TRAIN = "ILSVRC2012_img_train.tar";
  static final String VALIDATION = "ILSVRC2012_img_val.tar";
  static final String SYNSETS = "synsets.txt";
  static final String WORDS = "synset_words.txt";

  private static final String CLASS_TAR = "n\\d{8}\\.tar";

  /** A tar inside the training tar, or one that was unpacked from it. */
  private record ClassTar(Path outer, String wnid, long start, long bytes)
      implements Serializable {}

  @Override
  public String name() {
    return "imagenet";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    InputFiles files = InputFiles.of(tasks.configuration(), inputs);
    Path train = files.find(TRAIN);
    // The outer tar is read from header to header. Tasks read the inner tars, each from its place.
    List<ClassTar> tars =
        train == null
            ? unpacked(tasks.configuration(), files)
            : tars(train, TarIndex.of(tasks.configuration(), train));
    Findings found = new Findings();
    found.addAll(tasks, tars, ImagenetSource::pictures);
    Path validation = files.find(VALIDATION);
    if (validation == null) {
      found.warn("no " + VALIDATION + ": validation is drawn from the training pictures");
    } else {
      found.holdsOut(validation.toString());
      addValidation(tasks.configuration(), validation, truth(files, tars), found);
    }

    Listing listing = Candidates.listing(found, inputs.toString());
    return files.find(WORDS) == null
        ? listing
        : listing.withWords(TextLines.words(tasks.configuration(), files.find(WORDS)));
  }

  /** Finds the tars of the classes where the training tar was unpacked once. */
  private static List<ClassTar> unpacked(Configuration configuration, InputFiles files)
      throws IOException {
    List<ClassTar> tars = new ArrayList<>();
    for (Path path : files.ending(".tar")) {
      if (path.getName().matches(CLASS_TAR)) {
        long bytes = SourceFiles.of(configuration, path).getFileStatus(path).getLen();
        tars.add(new ClassTar(path, path.getName().replace(".tar", ""), 0, bytes));
      }
    }

    if (tars.isEmpty()) {
      throw files.nothing(TRAIN + " and no n01440764.tar ... of it");
    }

    return tars;
  }

  private static List<ClassTar> tars(Path outer, List<TarIndex.Entry> entries)
      throws SourceException {
    List<ClassTar> tars = new ArrayList<>();
    for (TarIndex.Entry entry : entries) {
      if (!entry.isReadable() || !entry.lastName().matches(CLASS_TAR)) {
        throw new SourceException(
            outer + " holds " + entry.name() + ": only tars named by wnid are expected");
      }

      String wnid = entry.lastName().replace(".tar", "");
      tars.add(new ClassTar(outer, wnid, entry.index(), entry.bytes()));
    }

    return tars;
  }

  private static Findings pictures(Configuration configuration, ClassTar tar) throws IOException {
    Findings found = new Findings();
    String name = tar.start() == 0 ? "" + tar.outer() : tar.outer() + ", " + tar.wnid() + ".tar";
    try (FSDataInputStream in = SourceFiles.of(configuration, tar.outer()).open(tar.outer())) {
      for (TarIndex.Entry entry : TarIndex.of(in, name, tar.start(), tar.bytes())) {
        if (entry.isHidden()) {
          found.skipHidden();
        } else {
          String key = "train/" + tar.wnid() + "/" + entry.name();
          found.add(entry.candidate(key, Item.TRAIN, tar.wnid(), tar.outer()));
        }
      }
    }

    if (found.candidates().isEmpty()) {
      found.warn(name + " has no files: no class is made of it");
    }

    return found;
  }

  /** An index in the ground truth refers to all classes, sorted. */
  private static Map<String, String> truth(InputFiles files, List<ClassTar> tars)
      throws IOException {
    return ImagenetTruth.read(
        files,
        files.find(SYNSETS) == null
            ? tars.stream().map(ClassTar::wnid).sorted().toList()
            : files.lines(files.find(SYNSETS)).stream().map(String::strip).toList());
  }

  private static void addValidation(
      Configuration configuration, Path tar, Map<String, String> truth, Findings found)
      throws IOException {
    TreeSet<String> absent = new TreeSet<>(truth.keySet());
    for (TarIndex.Entry entry : TarIndex.of(configuration, tar)) {
      if (entry.isHidden()) {
        found.skipHidden();
        continue;
      }

      String wnid = truth.get(entry.lastName());
      if (wnid == null) {
        throw new SourceException(
            tar + " holds " + entry.name() + ", which the ground truth doesn't name");
      }

      absent.remove(entry.lastName());
      found.add(entry.candidate("val/" + entry.name(), Item.VALIDATION, wnid, tar));
    }

    if (!absent.isEmpty()) {
      found.warn(
          "%d of %d pictures of the ground truth are not in %s, the first is %s"
              .formatted(absent.size(), truth.size(), tar, absent.first()));
    }
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
