package convoy.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Writes pictures as files. The same pixels give the same bytes. It is stateless; any thread may
 * use it.
 */
public final class Encoder {
  private Encoder() {}

  /** Encodes a JPEG file without metadata; {@code quality} is from 1 to 100. */
  public static byte[] jpeg(Picture picture, int quality) {
    return encode(".jpg", picture, IMWRITE_JPEG_QUALITY, quality);
  }

  /** Encodes a PNG file, which keeps every pixel. */
  public static byte[] png(Picture picture) {
    return encode(".png", picture);
  }

  private static byte[] encode(String extension, Picture picture, int... settings) {
    OpenCv.load();
    int type = picture.channels() == 1 ? CV_8UC1 : CV_8UC3;
    try (BytePointer pixels = new BytePointer(picture.pixels());
        Mat mat = new Mat(picture.height(), picture.width(), type, pixels);
        IntPointer options = new IntPointer(settings);
        BytePointer file = new BytePointer()) {
      if (picture.channels() == 3) {
        cvtColor(mat, mat, COLOR_RGB2BGR);
      }

      if (!imencode(extension, mat, file, options)) {
        throw new IllegalStateException(
            "OpenCV can't write %s of %d x %d pixels"
                .formatted(extension, picture.width(), picture.height()));
      }

      byte[] bytes = new byte[Math.toIntExact(file.limit())];
      file.get(bytes);
      return bytes;
    }
  }
}
