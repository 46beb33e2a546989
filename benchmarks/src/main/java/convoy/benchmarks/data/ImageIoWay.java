package convoy.benchmarks.data;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import javax.imageio.ImageIO;

/** What a Java program without libraries can use: ImageIO and Java2D's bilinear drawing. */
final class ImageIoWay {
  private ImageIoWay() {}

  static void run(byte[] file, int size, double[] mean, double[] std, FloatBuffer into)
      throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file));
    int side = Math.min(picture.getWidth(), picture.getHeight());
    int left = (picture.getWidth() - side) / 2;
    int top = (picture.getHeight() - side) / 2;
    BufferedImage square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = square.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(picture, 0, 0, size, size, left, top, left + side, top + side, null);
    graphics.dispose();
    int[] pixels = square.getRGB(0, 0, size, size, null, 0, size);
    for (int channel = 0; channel < 3; channel++) {
      int shift = 16 - 8 * channel;
      for (int pixel : pixels) {
        into.put((float) (((pixel >> shift & 0xff) - mean[channel]) / std[channel]));
      }
    }
  }
}
