package convoy.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Small text on pictures. OpenCV's letters are ASCII; other characters become question marks. */
public final class Captions {
  /** The approximate width of a letter in pixels. */
  public static final int LETTER = 7;

  private static final double SCALE = 0.38;

  private Captions() {}

  /** Draws a white strip of 3 channels with dark text. */
  public static Picture strip(String text, int width, int height) {
    OpenCv.load();
    byte[] white = new byte[3 * width * height];
    Arrays.fill(white, (byte) 255);
    String ascii = text.replaceAll("[^\\x20-\\x7e]", "?");
    try (BytePointer pixels = new BytePointer(white);
        Mat mat = new Mat(height, width, CV_8UC3, pixels);
        Point start = new Point(2, height - 5);
        Scalar dark = new Scalar(40, 40, 40, 0)) {
      putText(mat, ascii, start, FONT_HERSHEY_SIMPLEX, SCALE, dark, 1, LINE_AA, false);
      pixels.get(white);
    }

    return new Picture(width, height, 3, white);
  }
}
