package convoy.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads WebDataset's tars. Files of one sample share the name up to the first dot. Beside the
 * picture there is its class, as {@code cls} (text) or {@code json} (with "label"). The tar's name,
 * or else its folder's name, says the split: val, valid, validation or test as a word mean
 * validation.
 */
final class WebDatasetSource implements Source {
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");
  private static final Pattern TRAIN = word("train|training");
  private static final Pattern HELD = word("val|valid|validation|test");
  private static final long MAX_LABEL_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(WebDatasetSource.class);

  /**
   * A tar.
   *
   * @param name different from that of the others
   */
  private record Tar(Path path, String name, String split) implements Serializable {}

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    List<Path> paths = InputFiles.of(tasks.configuration(), inputs).ending(".tar");
    if (paths.isEmpty()) {
      throw new SourceException("no .tar in " + inputs + ": check --in");
    }

    Map<Path, String> names = InputFiles.names(paths);
    List<Tar> tars = new ArrayList<>();
    paths.forEach(path -> tars.add(new Tar(path, names.get(path), split(path))));
    Findings found = new Findings();
    found.addAll(tasks, tars, WebDatasetSource::samples);
    for (String split : List.of(Item.TRAIN, Item.VALIDATION)) {
      LOG.info(
          "split={} tars={} samples={}",
          split,
          tars.stream().filter(tar -> tar.split().equals(split)).count(),
          found.candidates().stream().filter(sample -> sample.split().equals(split)).count());
    }

    return Candidates.listing(found, Labels.sorted(found.candidates()), inputs.toString());
  }

  private static Findings samples(Configuration configuration, Tar part) throws IOException {
    Path tar = part.path();
    Findings found = new Findings();
    // These are the pictures that can be read.
    Map<String, TarIndex.Entry> pictures = new LinkedHashMap<>();
    Map<String, TarIndex.Entry> labels = new LinkedHashMap<>();
    long unread = 0;
    for (TarIndex.Entry entry : TarIndex.of(configuration, tar)) {
      int folder = entry.name().lastIndexOf('/') + 1;
      int dot = entry.name().indexOf('.', folder);
      String sample = dot < 0 ? entry.name() : entry.name().substring(0, dot);
      String kind = kind(entry);
      if (entry.isHidden()) {
        found.skipHidden();
      } else if (PICTURES.contains(kind) && !entry.isReadable()) {
        found.add(entry.candidate(key(part, entry), part.split(), null, tar));
      } else if (PICTURES.contains(kind)) {
        if (pictures.put(sample, entry) != null) {
          throw new SourceException(tar + " has two pictures of the sample " + sample);
        }
      } else if (kind.equals("cls") || kind.equals("json")) {
        labels.merge(sample, entry, WebDatasetSource::better);
      } else {
        unread++;
      }
    }

    if (unread > 0) {
      found.warn(tar + " has " + unread + " files that are neither picture nor class: not read");
    }

    try (FileReader reader = new FileReader(configuration)) {
      for (Map.Entry<String, TarIndex.Entry> picture : pictures.entrySet()) {
        found.add(candidate(part, picture.getValue(), labels.get(picture.getKey()), reader));
      }
    }

    return found;
  }

  /**
   * Chooses between two classes of a sample: one that can be read comes before one that can't, and
   * text comes before JSON.
   */
  private static TarIndex.Entry better(TarIndex.Entry known, TarIndex.Entry other) {
    return other.isReadable() && (!known.isReadable() || kind(other).equals("cls")) ? other : known;
  }

  private static String key(Tar part, TarIndex.Entry entry) {
    return part.name() + "/" + entry.name();
  }

  /** Returns a picture with its class, or for quarantine if its class can't be read. */
  private static Candidate candidate(
      Tar part, TarIndex.Entry picture, TarIndex.Entry label, FileReader reader)
      throws IOException {
    Path tar = part.path();
    String key = key(part, picture);
    if (label == null) {
      throw new SourceException(tar + " has no class (.cls or .json) for " + picture.name());
    }

    if (!label.isReadable()) {
      return picture.unread(key, part.split(), FileReader.NO_CLASS, tar);
    }

    String name = label(reader, tar.toUri().toString(), label);
    return picture.candidate(key, part.split(), name, tar);
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

  /** Returns the part of an entry's last name after its first dot, in lower case. */
  private static String kind(TarIndex.Entry entry) {
    int dot = entry.lastName().indexOf('.');
    return dot < 0 ? "" : entry.lastName().substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String label(FileReader reader, String tar, TarIndex.Entry entry)
      throws IOException {
    if (entry.bytes() > MAX_LABEL_BYTES) {
      throw new SourceException(tar + " has a class of " + entry.bytes() + " bytes: " + entry);
    }

    try {
      Item item = new Item(entry.name(), Item.TRAIN, 0, entry.bytes(), tar, entry.index());
      String text = new String(reader.read(item).bytes(), StandardCharsets.UTF_8).strip();
      String name = kind(entry).equals("cls") ? text : stated(JSON.readTree(text));
      if (!name.isEmpty()) {
        return name;
      }
    } catch (BadPictureException | JsonProcessingException bad) {
      throw new SourceException(tar + " has no class in " + entry.name() + ": " + bad.getMessage());
    }

    throw new SourceException(tar + " has no class in " + entry.name());
  }

  private static String stated(JsonNode json) {
    JsonNode label = json.get("label");
    return label == null || label.isNull() ? "" : label.asText().strip();
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
