package convoy.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;

import convoy.data.image.PictureFormat.Stated;
import org.bytedeco.opencv.opencv_core.Mat;

/** Whether this process may have the memory that decoding a picture takes. */
final class NativeMemory {
  /**
   * Of a pixel at most: four bytes that are kept, a progressive JPEG's coefficients beside them.
   */
  private static final int BYTES_PER_PIXEL = 12;

  private NativeMemory() {}

  /**
   * Asks for the memory of a picture that gave no pixels: decoders don't say why, and OpenCV keeps
   * its own exceptions. Pages that nobody writes to cost nothing.
   *
   * @throws NativeMemoryError when it is refused: the picture may be sound
   */
  static void require(Stated stated) {
    int width = (int) stated.width();
    int height = (int) stated.height();
    try {
      new Mat(height, width, CV_8UC(BYTES_PER_PIXEL)).close();
    } catch (RuntimeException refused) {
      throw new NativeMemoryError(OpenCv.firstLine(refused));
    }
  }
}
