package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import java.io.Serializable;

/**
 * What the check found of one item.
 *
 * @param format jpeg, png, ... or raw; null when not even that is known
 * @param bytes as the shard keeps them
 * @param reason code of the rejection, null for a good picture
 * @param hash of the bytes as read, null for a rejected one
 * @param stored hash of the bytes as the shard keeps them, null for a rejected one
 * @param sums of its pixels; null for a rejected one, and on the driver
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

  /** The driver keeps a record of each item, never the sums of each. */
  Checked withoutSums() {
    return new Checked(format, width, height, channels, bytes, reason, hash, stored, null);
  }
}
