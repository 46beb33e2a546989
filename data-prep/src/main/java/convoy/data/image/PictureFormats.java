package convoy.data.image;

import java.util.List;
import java.util.Map;

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
  private record Signature(int at, String ascii) {}

  private static final Map<Signature, String> NOT_READ =
      Map.ofEntries(
          Map.entry(new Signature(4, "ftypavif"), "avif"),
          Map.entry(new Signature(4, "ftypavis"), "avif"),
          Map.entry(new Signature(4, "ftypheic"), "heic"),
          Map.entry(new Signature(4, "ftypheix"), "heic"),
          Map.entry(new Signature(4, "ftypheim"), "heic"),
          Map.entry(new Signature(4, "ftypheis"), "heic"),
          Map.entry(new Signature(4, "ftyphevc"), "heic"),
          Map.entry(new Signature(4, "ftyphevx"), "heic"),
          Map.entry(new Signature(4, "ftyphevm"), "heic"),
          Map.entry(new Signature(4, "ftyphevs"), "heic"),
          Map.entry(new Signature(4, "ftypmif1"), "heif"),
          Map.entry(new Signature(4, "ftypmif2"), "heif"),
          Map.entry(new Signature(4, "ftypmsf1"), "heif"),
          Map.entry(new Signature(4, "ftypjxl "), "jpeg xl"),
          Map.entry(new Signature(4, "ftypcrx "), "canon raw"),
          Map.entry(new Signature(0, "FUJIFILMCCD-RAW"), "fujifilm raw"),
          Map.entry(new Signature(0, "II\u00bc\1"), "jpeg xr"),
          Map.entry(new Signature(0, "DDS "), "dds"),
          Map.entry(new Signature(0, "qoif"), "qoi"),
          Map.entry(new Signature(0, "gimp xcf"), "gimp"),
          Map.entry(new Signature(0, "#?RADIANCE"), "radiance hdr"),
          Map.entry(new Signature(0, "\u008aMNG"), "mng"),
          Map.entry(new Signature(0, "<svg"), "svg"),
          Map.entry(new Signature(0, "P1\n"), "pbm"),
          Map.entry(new Signature(0, "P2\n"), "pgm"),
          Map.entry(new Signature(0, "P3\n"), "ppm"),
          Map.entry(new Signature(0, "P4\n"), "pbm"),
          Map.entry(new Signature(0, "P5\n"), "pgm"),
          Map.entry(new Signature(0, "P6\n"), "ppm"),
          Map.entry(new Signature(0, "P7\n"), "pam"),
          Map.entry(new Signature(0, "SIMPLE  ="), "fits"),
          Map.entry(new Signature(128, "DICM"), "dicom"),
          Map.entry(new Signature(4, "jP  \r\n"), "jpeg 2000"),
          Map.entry(new Signature(0, "\u00ffO\u00ffQ"), "jpeg 2000"),
          Map.entry(new Signature(0, "\u00ff\n"), "jpeg xl"),
          Map.entry(new Signature(4, "JXL "), "jpeg xl"),
          Map.entry(new Signature(0, "II+\0"), "big tiff"),
          Map.entry(new Signature(0, "MM\0+"), "big tiff"),
          Map.entry(new Signature(0, "8BPS"), "photoshop"),
          Map.entry(new Signature(0, "%PDF"), "pdf"),
          Map.entry(new Signature(0, "\0\0\1\0"), "ico"),
          Map.entry(new Signature(0, "v/1\1"), "openexr"));

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

    for (Map.Entry<Signature, String> known : NOT_READ.entrySet()) {
      if (bytes.has(known.getKey().at(), known.getKey().ascii())) {
        throw new BadPictureException(
            "unsupported-format",
            known.getValue() + " is not read; known: jpeg, png, gif, bmp, webp, tiff");
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
