package convoy.jobs.prepare;

import convoy.data.dataset.PixelSums;
import convoy.data.image.BadPictureException;
import java.io.Serializable;

/**
 * The result of one item's check.
 *
 * @param format jpeg, png, ... or raw; null if it is unknown
 * @param bytes number of bytes that the shard stores
 * @param reason code of the rejection, null for a good picture
 * @param message sentence of the rejection on one line, null for a good picture
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
    String message,
    ContentHash hash,
    ContentHash stored,
    PixelSums sums)
    implements Serializable {
  static Checked rejected(String format, String reason, String message) {
    String line = String.join(" ", message.strip().split("\\s*\\R\\s*", -1));
    return new Checked(format, 0, 0, 0, 0, reason, line, null, null, null);
  }

  static Checked rejected(String format, BadPictureException bad) {
    return rejected(format, bad.code(), bad.getMessage());
  }

  boolean good() {
    return reason == null;
  }

  /** The record without the sums, which is what the driver keeps of each item. */
  Checked withoutSums() {
    return new Checked(format, width, height, channels, bytes, reason, message, hash, stored, null);
  }
}
