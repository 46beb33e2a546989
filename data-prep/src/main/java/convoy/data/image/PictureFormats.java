package convoy.data.image;

import java.util.List;

/** The formats that are read, and those that are recognized but not read. */
final class PictureFormats {
  private static final List<PictureFormat> READ =
      List.of(
          new JpegFormat(),
          new PngFormat(),
          new GifFormat(),
          new BmpFormat(),
          new WebpFormat(),
          new TiffFormat());

  /** Characters that identify a format, from a place in the file on. */
  private record Signature(int at, String ascii, String format) {}

  /** The first that matches counts. */
  private static final List<Signature> NOT_READ =
      List.of(
          new Signature(4, "ftypavif", "avif"),
          new Signature(4, "ftypavis", "avif"),
          new Signature(4, "ftypheic", "heic"),
          new Signature(4, "ftypheix", "heic"),
          new Signature(4, "ftypheim", "heic"),
          new Signature(4, "ftypheis", "heic"),
          new Signature(4, "ftyphevc", "heic"),
          new Signature(4, "ftyphevx", "heic"),
          new Signature(4, "ftyphevm", "heic"),
          new Signature(4, "ftyphevs", "heic"),
          new Signature(4, "ftypmif1", "heif"),
          new Signature(4, "ftypmif2", "heif"),
          new Signature(4, "ftypmsf1", "heif"),
          new Signature(4, "ftypjxl ", "jpeg xl"),
          new Signature(4, "ftypcrx ", "canon raw"),
          new Signature(0, "FUJIFILMCCD-RAW", "fujifilm raw"),
          new Signature(0, "II\u00bc\1", "jpeg xr"),
          new Signature(0, "DDS ", "dds"),
          new Signature(0, "qoif", "qoi"),
          new Signature(0, "gimp xcf", "gimp"),
          new Signature(0, "#?RADIANCE", "radiance hdr"),
          new Signature(0, "\u008aMNG", "mng"),
          new Signature(0, "<svg", "svg"),
          new Signature(0, "P1\n", "pbm"),
          new Signature(0, "P2\n", "pgm"),
          new Signature(0, "P3\n", "ppm"),
          new Signature(0, "P4\n", "pbm"),
          new Signature(0, "P5\n", "pgm"),
          new Signature(0, "P6\n", "ppm"),
          new Signature(0, "P7\n", "pam"),
          new Signature(0, "SIMPLE  =", "fits"),
          new Signature(128, "DICM", "dicom"),
          new Signature(4, "jP  \r\n", "jpeg 2000"),
          new Signature(0, "\u00ffO\u00ffQ", "jpeg 2000"),
          new Signature(0, "\u00ff\n", "jpeg xl"),
          new Signature(4, "JXL ", "jpeg xl"),
          new Signature(0, "II+\0", "big tiff"),
          new Signature(0, "MM\0+", "big tiff"),
          new Signature(0, "8BPS", "photoshop"),
          new Signature(0, "%PDF", "pdf"),
          new Signature(0, "\0\0\1\0", "ico"),
          new Signature(0, "v/1\1", "openexr"));

  private PictureFormats() {}

  /** Finds the format by content; the file's name doesn't count. */
  static PictureFormat of(byte[] data) throws BadPictureException {
    if (data.length == 0) {
      throw new BadPictureException("empty", "the file has no bytes");
    }

    Bytes bytes = new Bytes(data, "file");
    for (PictureFormat format : READ) {
      if (format.matches(bytes)) {
        return format;
      }
    }

    for (Signature known : NOT_READ) {
      if (bytes.has(known.at(), known.ascii())) {
        throw new BadPictureException(
            "unsupported-format",
            known.format() + " is not read; known: jpeg, png, gif, bmp, webp, tiff");
      }
    }

    throw new BadPictureException(
        "not-a-picture", "the first bytes are those of no picture format: " + start(data));
  }

  /** Returns the first bytes as text if they are text, and as hexadecimal otherwise. */
  private static String start(byte[] data) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(12, data.length); i++) {
      boolean printable = data[i] >= ' ' && data[i] < 127;
      text.append(printable ? String.valueOf((char) data[i]) : String.format("\\x%02x", data[i]));
    }

    return text.toString();
  }
}
