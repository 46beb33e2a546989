package convoy.jobs.prepare;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.data.resample.Resampler;
import convoy.data.source.Content;

/**
 * What a shard keeps of an item: its bytes as they came, or a JPEG of the asked short side.
 *
 * @param came whether the bytes are the item's own
 * @param picture its pixels
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
record StoredPicture(String format, byte[] bytes, boolean came, Picture picture) {
  /** No short side is asked for. */
  static final int AS_IT_CAME = 0;

  /** Of re-encoded pictures. */
  static final int JPEG_QUALITY = 95;

  /**
   * Decodes an item.
   *
   * @param shortSide in pixels; pictures that are not larger stay as they came
   * @throws BadPictureException when it is no usable picture
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
      String format = Decoder.header(content.bytes()).format();
      return new StoredPicture(format, content.bytes(), true, picture);
    }

    byte[] jpeg = Encoder.jpeg(Resampler.shortSide(picture, shortSide), JPEG_QUALITY);
    return new StoredPicture("jpeg", jpeg, false, Decoder.decode(jpeg));
  }

  /** Of the bytes that are kept; {@code ofItem} is that of the item's own. */
  ContentHash hash(ContentHash ofItem) {
    return came ? ofItem : ContentHash.of(bytes);
  }
}
