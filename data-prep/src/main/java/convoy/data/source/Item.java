package convoy.data.source;

import java.io.Serializable;

/**
 * What may become an example.
 *
 * @param key unique in the source, and the example's name in the dataset
 * @param split train or val
 * @param bytes as listed
 * @param file URI of the file that holds it
 * @param index of the item in its file, 0 for a file of its own
 */
public record Item(String key, String split, int label, long bytes, String file, long index)
    implements Serializable {
  public static final String TRAIN = "train";
  public static final String VALIDATION = "val";

  /** Label of an item that goes to quarantine and has no class. */
  static final int NO_CLASS = -1;

  Item withLabel(int other) {
    return new Item(key, split, other, bytes, file, index);
  }
}
