package convoy.data.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The content of manifest.json: all that is known of a dataset without opening a shard. It travels
 * to workers.
 */
public record Manifest(
    int formatVersion,
    List<ClassEntry> classes,
    Map<String, Split> splits,
    Statistics statistics,
    JsonNode provenance)
    implements Serializable {
  /** The version that this code writes. A newer version is refused. */
  public static final int FORMAT_VERSION = 1;

  /** One class; {@code words} are its plain words, or null. */
  public record ClassEntry(int label, String name, String words) implements Serializable {}

  /** One split: train or val. */
  public record Split(long examples, long bytes, List<Long> classCounts, List<Shard> files)
      implements Serializable {
    /**
     * Returns the number of examples of each row group over all shards, in order. The order of an
     * epoch depends on these sizes.
     */
    public List<Integer> rowGroupSizes() {
      return files.stream().flatMap(file -> file.rowGroups().stream()).toList();
    }
  }

  /**
   * One shard. The path is relative to the dataset; {@code rowGroups} are the examples of each row
   * group, in order.
   */
  public record Shard(String path, long bytes, String sha256, List<Integer> rowGroups)
      implements Serializable {}

  /**
   * Statistics of the training pixels in 0..255, for the channels R, G and B. Gray pictures count
   * in all three.
   *
   * @param gray whether every training example is gray
   * @param pcaVectors eigenvectors as rows, the one of the largest eigenvalue first
   */
  public record Statistics(
      List<Double> mean,
      List<Double> std,
      List<Double> pcaValues,
      List<List<Double>> pcaVectors,
      boolean gray)
      implements Serializable {}
}
