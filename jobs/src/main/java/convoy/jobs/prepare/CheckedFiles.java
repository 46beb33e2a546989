package convoy.jobs.prepare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Sha256;
import convoy.data.source.Item;
import convoy.jobs.io.HadoopFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;

/**
 * The stored results of the check. Each batch has a file of JSON lines: a line of hashes, then one
 * line for each item. A run that continues an interrupted one doesn't read these pictures again.
 *
 * @param dataset folder of the dataset that is being made
 * @param provenance text of everything that decides the dataset's content
 */
record CheckedFiles(String dataset, String provenance) implements Serializable {
  static final String FOLDER = "_checked";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The stored results of exactly these items; empty if the file is absent or damaged. */
  Optional<List<Checked>> read(Configuration configuration, ItemBatch batch) throws IOException {
    try {
      String text = HadoopFiles.readText(configuration, file(batch));
      int end = text.indexOf('\n') + 1;
      String lines = text.substring(end);
      if (!JSON.readTree(text.substring(0, end)).equals(hashes(batch, lines))) {
        return Optional.empty();
      }

      List<Checked> found = new ArrayList<>(batch.items().size());
      for (String line : lines.lines().toList()) {
        found.add(JSON.readValue(line, Checked.class));
      }

      return Optional.of(found);
    } catch (FileNotFoundException | ChecksumException | JsonProcessingException nothing) {
      return Optional.empty();
    }
  }

  /**
   * Stores the results of a batch.
   *
   * @param attempt a name that no other attempt has
   */
  void write(Configuration configuration, ItemBatch batch, List<Checked> found, String attempt)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Checked item : found) {
      lines.append(JSON.writeValueAsString(item)).append('\n');
    }

    String text = hashes(batch, lines.toString()) + "\n" + lines;
    HadoopFiles.write(
        configuration,
        file(batch),
        attempt,
        out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Path file(ItemBatch batch) {
    return new Path(
        new Path(dataset, FOLDER), String.format(Locale.ROOT, "%05d.jsonl", batch.number()));
  }

  private JsonNode hashes(ItemBatch batch, String lines) {
    MessageDigest digest = Sha256.digest();
    Provenance.add(digest, provenance);
    for (Item item : batch.items()) {
      Provenance.add(digest, item);
      Provenance.add(digest, item.file());
      Provenance.add(digest, Long.toString(item.index()));
    }

    return JSON.createObjectNode().put("items", Sha256.hex(digest)).put("found", Sha256.of(lines));
  }
}
