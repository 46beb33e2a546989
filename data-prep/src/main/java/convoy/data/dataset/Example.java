package convoy.data.dataset;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Picture;
import convoy.data.image.PictureMemoryException;

/**
 * One row of a shard.
 *
 * @param key unique in the dataset, such as {@code n01440764/n01440764_96.JPEG}
 * @param label class index
 * @param channels 1 or 3
 * @param format jpeg, png, ... or raw (height * width * channels bytes, HWC)
 * @param image the bytes as the source gave them
 */
@SuppressWarnings("ArrayRecordComponent") // The record only carries bytes and is never compared.
public record Example(
    String key, int label, int width, int height, int channels, String format, byte[] image) {
  /** The format of undecoded pixels. */
  public static final String RAW = "raw";

  /**
   * Decodes the picture.
   *
   * @throws DatasetException if the bytes can't be decoded, although prepare could decode them
   * @throws PictureMemoryException if this process lacks the memory that prepare had
   */
  public Picture picture() throws DatasetException, PictureMemoryException {
    if (format.equals(RAW)) {
      return raw();
    }

    try {
      return Decoder.decode(image);
    } catch (BadPictureException e) {
      PictureMemoryException.throwIfOutOfMemory("example " + key, e);
      throw new DatasetException(
          "example " + key + " can't be decoded: " + e.getMessage() + "; prepare again", e);
    }
  }

  private Picture raw() throws DatasetException {
    try {
      return new Picture(width, height, channels, image);
    } catch (IllegalArgumentException misfit) {
      throw new DatasetException(
          "example " + key + " can't be decoded: " + misfit.getMessage() + "; prepare again",
          misfit);
    }
  }
}
