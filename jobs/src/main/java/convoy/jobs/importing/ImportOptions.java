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

/**
 * What is imported, and what the network expects of a picture.
 *
 * @param format keras, safetensors or npz
 * @param in the file, on any Hadoop file system
 * @param out folder of the model
 * @param classes file of the classes' names, or null
 * @param mean of each channel after the scale, or one for all
 * @param std of each channel after the scale, or one for all
 * @param resize pixels of the short side, or WxH; null for none
 * @param crop side of the middle square, or null
 * @param inputSize pixels a side, or null
 */
public record ImportOptions(
    String format,
    String architecture,
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

  /** The side to open the network with: what is cropped reaches it as it is. */
  Integer side() {
    return inputSize != null ? inputSize : crop;
  }

  /**
   * As model.json keeps it.
   *
   * @throws UserException with exit code 2 when the values don't fit the network's input
   */
  Preprocessing preprocessing(int side, int channels) {
    List<Map<String, Object>> transforms = new ArrayList<>();
    if (resize != null) {
      transforms.add(
          Map.of("resize", resize.matches("\\d{1,9}") ? Integer.valueOf(resize) : resize));
    }

    boolean exact = resize != null && resize.equals(side + "x" + side);
    if (crop != null || (resize != null && !exact)) {
      transforms.add(Map.of("centerCrop", crop == null ? side : crop));
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
      Pipelines.evaluation(preprocessing); // Says what is wrong with the transforms.
      return preprocessing;
    } catch (IllegalArgumentException problem) {
      throw new UserException(ExitCode.USAGE, problem.getMessage(), problem);
    }
  }

  private static List<Double> each(List<Double> values, int channels) {
    return values.size() == 1 ? Collections.nCopies(channels, values.get(0)) : values;
  }
}
