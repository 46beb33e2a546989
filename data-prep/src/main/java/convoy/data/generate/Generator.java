package convoy.data.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Draws class folders of JPEG pictures, the same bytes for the same arguments. */
public final class Generator {
  private Generator() {}

  /** What was written: class folders in label order, pictures in each split. */
  public record Generated(List<String> classes, int trainPictures, int valPictures) {}

  /**
   * Writes {@code train/<class>/NNNN.jpg}, {@code perClass} each, and {@code val/<class>/NNNN.jpg},
   * a fifth of it and at least 2 more.
   *
   * @param out folder, made if absent
   * @param sizePx width and height, at least 16
   * @throws IllegalArgumentException for fewer than 2 classes, too many, or too small pictures
   */
  public static Generated write(Path out, int classes, int perClass, int sizePx, long seed)
      throws IOException {
    throw new IOException("comes next " + out + classes + perClass + sizePx + seed);
  }
}
