package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The samples of one tar. WebDataset's rule is that the files of a sample share their name up to
 * its first dot. A picture and a class that share a longer name are a sample too, as no other
 * reading of {@code IMG_2019.07.1.jpg} and {@code IMG_2019.07.1.cls} makes sense.
 *
 * <p>Each picture becomes an example or a line of quarantine, except for further pictures of a
 * sample, such as {@code 1.mask.png} beside {@code 1.jpg}. A warning counts these.
 */
final class WebDatasetSamples {
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");
  private static final Set<String> LABELS = Set.of("cls", "json");
  private static final long MAX_LABEL_BYTES = 1 << 20;

  private final Configuration configuration;
  private final WebDatasetSource.Tar tar;
  private final Findings found = new Findings();
  private final Map<String, List<TarIndex.Entry>> pictures = new LinkedHashMap<>();
  private final Map<String, TarIndex.Entry> labels = new LinkedHashMap<>();

  private WebDatasetSamples(Configuration configuration, WebDatasetSource.Tar tar) {
    this.configuration = configuration;
    this.tar = tar;
  }

  static Findings of(Configuration configuration, WebDatasetSource.Tar tar) throws IOException {
    WebDatasetSamples samples = new WebDatasetSamples(configuration, tar);
    samples.sort(TarIndex.of(configuration, tar.path()));
    samples.pair();
    return samples.found;
  }

  private void sort(List<TarIndex.Entry> entries) {
    List<String> unread = new ArrayList<>();
    for (TarIndex.Entry entry : entries) {
      String name = entry.name();
      int first = name.indexOf('.', name.lastIndexOf('/') + 1);
      int last = name.lastIndexOf('.');
      if (entry.isHidden()) {
        found.skipHidden();
      } else if (first < 0 || !(keep(entry, first) || keep(entry, last))) {
        unread.add(name);
      }
    }

    warn(unread, "files that are neither picture nor class: not read");
  }

  /** Keeps a picture or class whose sample's name ends at a dot; returns whether it is one. */
  private boolean keep(TarIndex.Entry entry, int dot) {
    String sample = entry.name().substring(0, dot);
    String kind = entry.name().substring(dot + 1).toLowerCase(Locale.ROOT);
    if (PICTURES.contains(kind)) {
      pictures.computeIfAbsent(sample, unseen -> new ArrayList<>()).add(entry);
    } else if (LABELS.contains(kind)) {
      labels.merge(sample, entry, WebDatasetSamples::better);
    }

    return PICTURES.contains(kind) || LABELS.contains(kind);
  }

  /**
   * Chooses between two classes of a sample: one that can be read comes before one that can't, and
   * text comes before JSON.
   */
  private static TarIndex.Entry better(TarIndex.Entry known, TarIndex.Entry other) {
    return other.isReadable() && (!known.isReadable() || isText(other)) ? other : known;
  }

  private static boolean isText(TarIndex.Entry label) {
    return label.name().toLowerCase(Locale.ROOT).endsWith(".cls");
  }

  private void pair() throws IOException {
    List<String> further = new ArrayList<>();
    List<String> unnamed = new ArrayList<>();
    List<String> alone =
        labels.keySet().stream()
            .filter(sample -> !pictures.containsKey(sample))
            .map(sample -> labels.get(sample).name())
            .toList();
    try (FileReader reader = new FileReader(configuration)) {
      for (Map.Entry<String, List<TarIndex.Entry>> sample : pictures.entrySet()) {
        TarIndex.Entry label = labels.get(sample.getKey());
        List<TarIndex.Entry> readable = new ArrayList<>();
        for (TarIndex.Entry picture : sample.getValue()) {
          if (picture.isReadable()) {
            readable.add(picture);
          } else {
            found.add(picture.candidate(key(picture), tar.split(), null, tar.path()));
          }
        }

        if (label == null && pictures.containsKey(shortest(sample.getKey()))) {
          readable.forEach(picture -> further.add(picture.name()));
        } else if (label == null) {
          readable.forEach(picture -> unnamed.add("(.cls or .json) for " + picture.name()));
          readable.forEach(this::reject);
        } else if (readable.size() > 1) {
          throw new SourceException(
              tar.path() + " has two pictures of the sample " + sample.getKey());
        } else if (readable.size() == 1) {
          add(readable.get(0), label, reader, unnamed);
        }
      }
    }

    warn(
        further,
        "further pictures of samples: not read (a sample's files share their name up to its first"
            + " dot)");
    warn(alone, "classes without a picture: not read");
    if (!unnamed.isEmpty()) {
      String more = unnamed.size() == 1 ? "" : ", nor for " + (unnamed.size() - 1) + " others";
      found.warn(tar.path() + " has no class " + unnamed.get(0) + more + ": quarantined");
    }
  }

  /** Returns the name up to its first dot, or null if the whole name has none. */
  private static String shortest(String sample) {
    int dot = sample.indexOf('.', sample.lastIndexOf('/') + 1);
    return dot < 0 ? null : sample.substring(0, dot);
  }

  private void warn(List<String> names, String what) {
    if (!names.isEmpty()) {
      found.warn(
          "%s has %d %s; the first is %s".formatted(tar.path(), names.size(), what, names.get(0)));
    }
  }

  private void add(
      TarIndex.Entry picture, TarIndex.Entry label, FileReader reader, List<String> unnamed)
      throws IOException {
    String name = label.isReadable() ? className(label, reader, unnamed) : null;
    if (name == null) {
      reject(picture);
    } else {
      found.add(picture.candidate(key(picture), tar.split(), name, tar.path()));
    }
  }

  /** Adds a picture without a class, which goes to quarantine. */
  private void reject(TarIndex.Entry picture) {
    found.add(picture.unread(key(picture), tar.split(), FileReader.NO_CLASS, tar.path()));
  }

  private String key(TarIndex.Entry entry) {
    return tar.name() + "/" + entry.name();
  }

  /** Returns the class, or null after noting why there is none. */
  private String className(TarIndex.Entry label, FileReader reader, List<String> unnamed)
      throws IOException {
    String in = "in " + label.name();
    if (label.bytes() > MAX_LABEL_BYTES) {
      unnamed.add(in + ", which has " + label.bytes() + " bytes");
      return null;
    }

    try {
      String file = tar.path().toUri().toString();
      Item item = new Item(label.name(), Item.TRAIN, 0, label.bytes(), file, label.index());
      String text = new String(reader.read(item).bytes(), StandardCharsets.UTF_8).strip();
      String name = isText(label) ? text : StrictJson.value(StrictJson.object(text), "label");
      if (name != null && !name.isBlank()) {
        return name.strip();
      }

      unnamed.add(in + (isText(label) ? ", which is empty" : ", which has no \"label\""));
    } catch (SourceException bad) {
      unnamed.add(in + ", which " + bad.getMessage());
    } catch (BadPictureException bad) {
      unnamed.add(in + ": " + bad.getMessage());
    }

    return null;
  }
}
