package convoy.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/**
 * Reads the classes (wnids) of ILSVRC2012's validation pictures from any of three forms. The
 * devkit's IDs aren't sorted indices, so they need the devkit's own map. Forms that disagree are an
 * error.
 */
final class ImagenetTruth {
  static final String DEVKIT = "ILSVRC2012_validation_ground_truth.txt";
  static final String MAP = "map_clsloc.txt";
  static final String SYNSETS = "imagenet_2012_validation_synset_labels.txt";
  static final String INDICES = "val.txt";

  /**
   * The classes of the first three pictures, as published with the devkit. A map of another edition
   * gives different classes.
   */
  private static final List<String> FIRST = List.of("n01751748", "n09193705", "n02105855");

  private ImagenetTruth() {}

  /** Returns the name of the n-th picture, counted from 1. */
  static String picture(int number) {
    return String.format(Locale.ROOT, "ILSVRC2012_val_%08d.JPEG", number);
  }

  /**
   * Returns the class of each picture by name. {@code sorted} are all wnids that an index may refer
   * to.
   */
  static Map<String, String> read(InputFiles files, List<String> sorted) throws IOException {
    Map<String, Map<String, String>> forms = new HashMap<>();
    if (files.find(SYNSETS) != null) {
      forms.put(SYNSETS, numbered(SYNSETS, files.lines(files.find(SYNSETS))));
    }

    if (files.find(INDICES) != null) {
      forms.put(INDICES, indices(files.lines(files.find(INDICES)), sorted));
    }

    if (files.find(DEVKIT) != null && files.find(MAP) != null) {
      forms.put(DEVKIT, devkit(files));
    } else if (files.find(DEVKIT) != null && forms.isEmpty()) {
      throw new SourceException(
          DEVKIT + " holds the devkit's IDs, which are no sorted indices: add " + MAP);
    }

    if (forms.isEmpty()) {
      throw new SourceException(
          "ILSVRC2012_img_val.tar needs its classes: add "
              + String.join(", ", SYNSETS, INDICES, "or " + DEVKIT + " with " + MAP));
    }

    List<String> names = forms.keySet().stream().sorted().toList();
    Map<String, String> truth = forms.get(names.get(0));
    for (String name : names) {
      if (!forms.get(name).equals(truth)) {
        throw new SourceException(
            names.get(0) + " and " + name + " pair pictures with different classes: one is wrong");
      }
    }

    requirePublished(names.get(0), truth);
    return truth;
  }

  private static void requirePublished(String form, Map<String, String> truth)
      throws SourceException {
    for (int i = 0; i < FIRST.size(); i++) {
      String name = picture(i + 1);
      if (!FIRST.get(i).equals(truth.get(name))) {
        throw new SourceException(
            "%s makes %s %s, it is %s: the list is paired wrongly"
                .formatted(form, name, truth.get(name), FIRST.get(i)));
      }
    }
  }

  private static Map<String, String> numbered(String form, List<String> wnids)
      throws SourceException {
    Map<String, String> truth = new HashMap<>();
    for (String wnid : wnids) {
      if (!wnid.strip().matches("n\\d{8}")) {
        throw new SourceException(
            form + " has in line " + (truth.size() + 1) + " no wnid: " + wnid);
      }

      truth.put(picture(truth.size() + 1), wnid.strip());
    }

    return truth;
  }

  private static Map<String, String> indices(List<String> lines, List<String> sorted)
      throws SourceException {
    Map<String, String> truth = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.strip().split("\\s+", -1);
      int index = parts.length == 2 ? number(INDICES, line, parts[1]) : -1;
      if (index < 0 || index >= sorted.size()) {
        throw new SourceException(
            INDICES
                + (" has the line '" + line + "': NAME INDEX is needed, the index below ")
                + (sorted.size() + " classes; synsets.txt in --in tells all classes"));
      }

      truth.put(parts[0], sorted.get(index));
    }

    return truth;
  }

  private static Map<String, String> devkit(InputFiles files) throws IOException {
    Map<Integer, String> classes = new HashMap<>();
    for (String line : files.lines(files.find(MAP))) {
      String[] parts = line.strip().split("\\s+", -1);
      if (parts.length < 2 || classes.put(number(MAP, line, parts[1]), parts[0]) != null) {
        throw new SourceException(MAP + " has the line '" + line + "': WNID ID NAME, each ID once");
      }
    }

    List<String> wnids = new ArrayList<>();
    Path path = files.find(DEVKIT);
    for (String line : files.lines(path)) {
      String wnid = classes.get(number(DEVKIT, line, line.strip()));
      if (wnid == null) {
        throw new SourceException(DEVKIT + " has the ID " + line + ", which " + MAP + " lacks");
      }

      wnids.add(wnid);
    }

    return numbered(DEVKIT, wnids);
  }

  private static int number(String form, String line, String text) throws SourceException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException word) {
      throw new SourceException(form + " has the line '" + line + "': a number is needed", word);
    }
  }
}
