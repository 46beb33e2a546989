package convoy.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_VERSION;
import static org.bytedeco.opencv.global.opencv_core.StsNoMem;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_GRAYSCALE;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import convoy.data.image.PictureFormat.AlphaKind;
import convoy.data.image.PictureFormat.Stated;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** The native part, from bytes to stored pixels. Native memory is freed before a method returns. */
final class OpenCv {
  static final String VERSION = CV_VERSION;

  static {
    // The network uses the cores; callers decide how many threads decode pictures.
    setNumThreads(1);
  }

  private OpenCv() {}

  /** Loads the native libraries and sets their threads, once. */
  static void load() {
    // The static block above has done this.
  }

  /**
   * Decodes pixels as stored: not turned, transparency drawn on white, 16 bits scaled to 8.
   *
   * @param alpha how a fourth channel is read
   */
  static Picture decode(Bytes file, AlphaKind alpha, Stated stated) throws BadPictureException {
    try {
      return decode(file, alpha, stated.gray());
    } catch (BadPictureException bad) {
      NativeMemory.require(stated);
      throw bad;
    }
  }

  private static Picture decode(Bytes file, AlphaKind alpha, boolean gray)
      throws BadPictureException {
    int flags =
        switch (alpha) {
          // Decoding straight to RGB avoids a second pass over the pixels.
          case ABSENT -> IMREAD_IGNORE_ORIENTATION | (gray ? IMREAD_GRAYSCALE : IMREAD_COLOR_RGB);
          default -> IMREAD_UNCHANGED;
        };
    try (BytePointer bytes = copy(file);
        Mat encoded = new Mat(1, file.size(), CV_8UC1, bytes);
        Mat decoded = imdecode(encoded, flags)) {
      if (decoded.empty()) {
        throw file.broken("can't be decoded");
      }

      return eightBits(file, decoded, alpha);
    } catch (RuntimeException fromOpenCv) {
      throw problem(file, fromOpenCv);
    }
  }

  private static BytePointer copy(Bytes file) {
    try {
      return new BytePointer(file.array());
    } catch (OutOfMemoryError refused) { // JavaCPP throws this if malloc fails.
      throw new NativeMemoryError(refused.getMessage());
    }
  }

  /**
   * Translates an exception of OpenCV.
   *
   * @throws NativeMemoryError for a refused allocation, as the picture may be good
   */
  static BadPictureException problem(Bytes file, RuntimeException fromOpenCv) {
    String line = firstLine(fromOpenCv);
    if (line.startsWith("(" + StsNoMem + ":") || line.contains("bad_alloc")) {
      throw new NativeMemoryError(line);
    }

    return file.broken("can't be decoded: " + line);
  }

  private static Picture eightBits(Bytes file, Mat decoded, AlphaKind alpha)
      throws BadPictureException {
    if (decoded.depth() == CV_8U) {
      return rgb(file, decoded, alpha);
    }

    if (decoded.depth() != CV_16U) {
      throw file.unsupported("floating-point or more than 16-bit");
    }

    try (Mat scaled = new Mat()) {
      decoded.convertTo(scaled, CV_8U, 1.0 / 257, 0);
      return rgb(file, scaled, AlphaKind.STRAIGHT);
    }
  }

  private static Picture rgb(Bytes file, Mat decoded, AlphaKind alpha) throws BadPictureException {
    int channels = decoded.channels();
    if (channels == 3 && alpha != AlphaKind.ABSENT) {
      cvtColor(decoded, decoded, COLOR_BGR2RGB);
    } else if (channels != 1 && channels != 3 && channels != 4) {
      throw file.unsupported(channels + "-channel");
    }

    byte[] pixels = new byte[Math.multiplyExact(Math.toIntExact(decoded.total()), channels)];
    try (BytePointer data = decoded.data()) {
      data.get(pixels);
    }

    return channels == 4
        ? Alpha.onWhite(decoded.cols(), decoded.rows(), pixels, alpha)
        : new Picture(decoded.cols(), decoded.rows(), channels, pixels);
  }

  static String firstLine(RuntimeException exception) {
    String message = String.valueOf(exception.getMessage());
    int at = message.indexOf("error:");
    return (at < 0 ? message : message.substring(at + 7)).lines().findFirst().orElse("");
  }
}
