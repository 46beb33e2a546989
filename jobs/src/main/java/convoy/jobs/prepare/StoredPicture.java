package convoy.jobs.prepare;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.source.Content;

/**
 * The picture that a shard stores for an item: the item's own bytes, or a JPEG with the short side
 * that was asked for.
 *
 * @param came whether the bytes are the item's own
 * @param picture the pixels
 */
@SuppressWarnings("ArrayRecordComponent") // It carries bytes and is never compared.
record StoredPicture(String format, byte[] bytes, boolean came, Picture picture) {
  /** The short side that keeps the bytes of all pictures. */
  static final int AS_IT_CAME = 0;

  /** The JPEG quality of re-encoded pictures. */
  static final int JPEG_QUALITY = 95;

  /**
   * Decodes an item.
   *
   * @param shortSide short side in pixels; pictures that are not larger keep their bytes
   * @throws BadPictureException if it isn't a usable picture
   */
  static StoredPicture of(Content content, int shortSide) throws BadPictureException {
    if (content.format() != null) {
      return new StoredPicture(
          content.format(),
          content.bytes(),
          true,
          new Picture(content.width(), content.height(), content.channels(), content.bytes()));
    }

    Picture picture = Decoder.decode(content.bytes());
    if (shortSide == AS_IT_CAME || Math.min(picture.width(), picture.height()) <= shortSide) {
      String format = Decoder.format(content.bytes());
      return new StoredPicture(format, content.bytes(), true, picture);
    }

    byte[] jpeg = Encoder.jpeg(Resampler.shortSide(picture, shortSide), JPEG_QUALITY);
    return new StoredPicture("jpeg", jpeg, false, Decoder.decode(jpeg));
  }

  /** The hash of the stored bytes; {@code ofItem} is the hash of the item's own bytes. */
  ContentHash hash(ContentHash ofItem) {
    return came ? ofItem : ContentHash.of(bytes);
  }
}
