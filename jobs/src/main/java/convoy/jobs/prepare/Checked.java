package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import java.io.Serializable;

/**
 * The result of one item's check.
 *
 * @param format jpeg, png, ... or raw; null if it is unknown
 * @param bytes number of bytes that the shard stores
 * @param reason code of the rejection, null for a good picture
 * @param hash hash of the bytes as read, null for a rejected item
 * @param stored hash of the bytes that the shard stores, null for a rejected item
 * @param sums sums of its pixels; null for a rejected item, and on the driver
 */
record Checked(
    String format,
    int width,
    int height,
    int channels,
    int bytes,
    String reason,
    ContentHash hash,
    ContentHash stored,
    PixelSums sums)
    implements Serializable {
  static Checked rejected(String format, String reason) {
    return new Checked(format, 0, 0, 0, 0, reason, null, null, null);
  }

  boolean good() {
    return reason == null;
  }

  /** The record without the sums, which is what the driver keeps of each item. */
  Checked withoutSums() {
    return new Checked(format, width, height, channels, bytes, reason, hash, stored, null);
  }
}
