package convoy.data.source;

import java.io.Serializable;

/**
 * A file or record that may become an example.
 *
 * @param key unique in the source, and the example's name in the dataset
 * @param split train or val
 * @param bytes the size as listed
 * @param file URI of the file that holds it
 * @param index of the item in its file, 0 for a separate file
 */
public record Item(String key, String split, int label, long bytes, String file, long index)
    implements Serializable {
  public static final String TRAIN = "train";
  public static final String VALIDATION = "val";

  /** The label of an item without a class, which goes to quarantine. */
  static final int NO_CLASS = -1;

  Item withLabel(int other) {
    return new Item(key, split, other, bytes, file, index);
  }
}
