package convoy.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.image.BadPictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * WebDataset's tars: files of one sample share the name up to the first dot; the picture stands
 * beside its class, as {@code cls} (text) or {@code json} (with "label"). Tars whose name or folder
 * begins with val or test are the validation split.
 */
final class WebDatasetSource implements Source {
  private static final Set<String> PICTURES =
      Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff");
  private static final long MAX_LABEL_BYTES = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public String name() {
    return "webdataset";
  }

  @Override
  public Listing list(ListingTasks tasks, List<Path> inputs) throws IOException {
    List<Path> tars = InputFiles.of(tasks.configuration(), inputs).ending(".tar");
    if (tars.isEmpty()) {
      throw new SourceException("no .tar in " + inputs + ": check --in");
    }

    Findings found = new Findings();
    found.addAll(tasks, tars, WebDatasetSource::samples);
    return Candidates.listing(found, Labels.sorted(found.candidates()), inputs.toString());
  }

  private static Findings samples(Configuration configuration, Path tar) throws IOException {
    Findings found = new Findings();
    Map<String, TarIndex.Entry> pictures = new LinkedHashMap<>();
    Map<String, TarIndex.Entry> labels = new LinkedHashMap<>();
    long unread = 0;
    for (TarIndex.Entry entry : TarIndex.of(configuration, tar)) {
      int folder = entry.name().lastIndexOf('/') + 1;
      int dot = entry.name().indexOf('.', folder);
      String sample = dot < 0 ? entry.name() : entry.name().substring(0, dot);
      String kind = dot < 0 ? "" : entry.name().substring(dot + 1).toLowerCase(Locale.ROOT);
      if (entry.isHidden()) {
        found.skipHidden();
      } else if (!entry.isReadable()) {
        throw new SourceException(
            tar + " holds " + entry.name() + ", a link or a name that leads out of the tar");
      } else if (PICTURES.contains(kind)) {
        if (pictures.put(sample, entry) != null) {
          throw new SourceException(tar + " has two pictures of the sample " + sample);
        }
      } else if (kind.equals("cls") || (kind.equals("json") && !labels.containsKey(sample))) {
        labels.put(sample, entry);
      } else {
        unread++;
      }
    }

    if (unread > 0) {
      found.warn(tar + " has " + unread + " files that are neither picture nor class: not read");
    }

    String split = split(tar);
    String file = tar.toUri().toString();
    try (FileReader reader = new FileReader(configuration)) {
      for (Map.Entry<String, TarIndex.Entry> picture : pictures.entrySet()) {
        TarIndex.Entry label = labels.get(picture.getKey());
        if (label == null) {
          throw new SourceException(
              tar + " has no class (.cls or .json) for " + picture.getValue().name());
        }

        TarIndex.Entry entry = picture.getValue();
        String key = tar.getName() + "/" + entry.name();
        found.add(entry.candidate(key, split, label(reader, file, label), tar));
      }
    }

    return found;
  }

  private static String split(Path tar) {
    String folder = tar.getParent() == null ? "" : tar.getParent().getName();
    boolean held =
        tar.getName().startsWith("val")
            || tar.getName().startsWith("test")
            || Set.of("val", "validation", "test").contains(folder);
    return held ? Item.VALIDATION : Item.TRAIN;
  }

  private static String label(FileReader reader, String tar, TarIndex.Entry entry)
      throws IOException {
    if (entry.bytes() > MAX_LABEL_BYTES) {
      throw new SourceException(tar + " has a class of " + entry.bytes() + " bytes: " + entry);
    }

    try {
      Item item = new Item(entry.name(), Item.TRAIN, 0, entry.bytes(), tar, entry.index());
      String text = new String(reader.read(item).bytes(), StandardCharsets.UTF_8).strip();
      JsonNode label = entry.name().endsWith(".cls") ? null : JSON.readTree(text).get("label");
      String name = entry.name().endsWith(".cls") ? text : label == null ? "" : label.asText();
      if (!name.isEmpty()) {
        return name;
      }
    } catch (BadPictureException | JsonProcessingException bad) {
      throw new SourceException(tar + " has no class in " + entry.name() + ": " + bad.getMessage());
    }

    throw new SourceException(tar + " has no class in " + entry.name());
  }

  @Override
  public Reader open(Configuration configuration) {
    return new FileReader(configuration);
  }
}
