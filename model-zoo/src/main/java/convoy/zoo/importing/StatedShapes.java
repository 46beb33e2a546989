package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import java.util.ArrayList;
import java.util.List;

final class StatedShapes {
  private StatedShapes() {}

  /**
   * Returns the shape if its number of values fits into 31 bits.
   *
   * @throws ModelFormatException when it doesn't
   */
  static List<Integer> of(String tensor, List<Long> stated) throws ModelFormatException {
    List<Integer> shape = new ArrayList<>();
    try {
      long size = 1;
      for (long side : stated) {
        shape.add(Math.toIntExact(side));
        size = Math.multiplyExact(size, Math.max(1, side));
      }

      Math.toIntExact(size);
      return shape;
    } catch (ArithmeticException tooLarge) {
      throw new ModelFormatException(
          "tensor " + tensor + " has shape " + stated + ", larger than any parameter", tooLarge);
    }
  }
}
