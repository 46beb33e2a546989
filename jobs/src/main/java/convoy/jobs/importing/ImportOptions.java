package convoy.jobs.importing;

import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.data.pipeline.Preprocessing.ChannelOrder;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of import, with the preprocessing that the network expects.
 *
 * @param format keras, safetensors or npz
 * @param convention which of several networks with the same tensors is meant, or null
 * @param in file of the weights, on any Hadoop file system
 * @param out folder of the model
 * @param classes file of the classes' names, or null
 * @param mean mean of each channel after scaling, or one for all channels
 * @param std deviation of each channel after scaling, or one for all channels
 * @param resize short side in pixels, or WxH; null for none
 * @param crop side of the middle square in pixels, or null
 * @param inputSize side of the network's input in pixels, or null
 */
public record ImportOptions(
    String format,
    String architecture,
    String convention,
    String in,
    String out,
    String classes,
    double scale,
    List<Double> mean,
    List<Double> std,
    ChannelOrder channelOrder,
    String resize,
    Integer crop,
    Integer inputSize) {
  private static final int LARGEST_SIDE = 65_536;

  public ImportOptions {
    requireSide("--crop", crop);
    requireSide("--input-size", inputSize);
  }

  private static void requireSide(String option, Integer side) {
    if (side != null && (side < 1 || side > LARGEST_SIDE)) {
      throw UserException.usage(
          "%s %d is no side of a picture: give 1 to %d pixels"
              .formatted(option, side, LARGEST_SIDE));
    }
  }

  /** The side of the network's input: the given one, else that of the crop. */
  Integer side() {
    return inputSize != null ? inputSize : crop;
  }

  /**
   * The preprocessing in the form of model.json.
   *
   * @param torchvision whether the middle square is placed as in torchvision
   * @throws UserException with exit code 2 if the values don't fit the network's input
   */
  Preprocessing preprocessing(int side, int channels, boolean torchvision) {
    List<Map<String, Object>> transforms = new ArrayList<>();
    if (resize != null) {
      transforms.add(
          Map.of("resize", resize.matches("\\d{1,9}") ? Integer.valueOf(resize) : resize));
    }

    boolean exact = resize != null && resize.equals(side + "x" + side);
    if (torchvision && resize == null && crop == null) {
      transforms.add(Map.of("resize", side)); // Otherwise the square would be placed as in Caffe.
    }

    if (crop != null || torchvision || (resize != null && !exact)) {
      int square = crop == null ? side : crop;
      transforms.add(
          Map.of(
              "centerCrop",
              torchvision
                  ? new TreeMap<>(Map.of("size", square, "rounding", "half-even"))
                  : square));
    }

    try {
      Preprocessing preprocessing =
          new Preprocessing(
              side,
              channels,
              scale,
              each(mean, channels),
              each(std, channels),
              transforms,
              channelOrder);
      Pipelines.evaluation(preprocessing); // This reports wrong transforms.
      return preprocessing;
    } catch (IllegalArgumentException problem) {
      throw new UserException(ExitCode.USAGE, problem.getMessage(), problem);
    }
  }

  private static List<Double> each(List<Double> values, int channels) {
    return values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
  }
}
