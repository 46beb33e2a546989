package convoy.data.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/** manifest.json: all that is known of a dataset without opening a shard. Travels to workers. */
public record Manifest(
    int formatVersion,
    List<ClassEntry> classes,
    Map<String, Split> splits,
    Statistics statistics,
    JsonNode provenance)
    implements Serializable {
  /** The version this code writes; a newer one is refused. */
  public static final int FORMAT_VERSION = 1;

  /** Label, folder name, plain words or null. */
  public record ClassEntry(int label, String name, String words) implements Serializable {}

  /** One split: train or val. */
  public record Split(long examples, long bytes, List<Long> classCounts, List<Shard> files)
      implements Serializable {
    /** Examples of each row group over all shards, in order: what the order of an epoch needs. */
    public List<Integer> rowGroupSizes() {
      return files.stream().flatMap(file -> file.rowGroups().stream()).toList();
    }
  }

  /** One shard; path relative to the dataset; examples of each row group in order. */
  public record Shard(String path, long bytes, String sha256, List<Integer> rowGroups)
      implements Serializable {}

  /**
   * Of the training pixels, in 0..255, channels R, G, B (gray pictures count in all three).
   *
   * @param gray whether every training example is gray
   * @param pcaVectors rows are eigenvectors, largest eigenvalue first
   */
  public record Statistics(
      List<Double> mean,
      List<Double> std,
      List<Double> pcaValues,
      List<List<Double>> pcaVectors,
      boolean gray)
      implements Serializable {}
}
