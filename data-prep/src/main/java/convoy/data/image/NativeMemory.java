package convoy.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;

import convoy.data.image.PictureFormat.Stated;
import org.bytedeco.opencv.opencv_core.Mat;

/** Checks whether this process can allocate the memory that decoding a picture takes. */
final class NativeMemory {
  /**
   * The most bytes for a pixel: four bytes of the result, and the coefficients of a progressive
   * JPEG.
   */
  private static final int BYTES_PER_PIXEL = 12;

  private NativeMemory() {}

  /**
   * Allocates the memory of a picture whose decoding returned no pixels. Decoders don't report why
   * they failed, and OpenCV doesn't pass on its own exceptions. Pages that are never written cost
   * nothing.
   *
   * @throws NativeMemoryError if the allocation is refused, so that the picture may be good
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
