package convoy.zoo.importing;

import static java.util.Map.entry;

import convoy.zoo.graph.Parameter;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates Caffe's names. In Caffe a layer has numbered blobs: the first is the weight, the
 * second the bias. Files write them as {@code conv1.W}, {@code conv1_b}, {@code conv1/0} or {@code
 * conv1_1}.
 */
final class CaffeNames {
  private static final Pattern BLOB =
      Pattern.compile("(.+)[._/:](?:(weights?|W|w|0)|(bias|biases|b|1))");
  private static final Pattern INCEPTION = Pattern.compile("inception_(\\d\\w)/(.+)");

  /** SqueezeNet's modules, in its authors' files and in those of Deep Compression. */
  private static final Pattern FIRE =
      Pattern.compile("(fire\\d)(?:/(.+)|_(conv1x1_1|conv1x1_2|conv3x3_2))");

  private static final Map<String, String> DEEP_COMPRESSION =
      Map.of("conv1x1_1", "squeeze1x1", "conv1x1_2", "expand1x1", "conv3x3_2", "expand3x3");

  /**
   * Layers of GoogLeNet, and the last one of Deep Compression's SqueezeNet. The layers of the other
   * networks have the same names in Caffe.
   */
  private static final Map<String, String> LAYERS =
      Map.ofEntries(
          entry("conv1/7x7_s2", "conv1"),
          entry("conv2/3x3_reduce", "conv2.3x3reduce"),
          entry("conv2/3x3", "conv2.3x3"),
          entry("loss1/conv", "auxiliary4a.conv"),
          entry("loss1/fc", "auxiliary4a.fc"),
          entry("loss1/classifier", "auxiliary4a.classifier"),
          entry("loss2/conv", "auxiliary4d.conv"),
          entry("loss2/fc", "auxiliary4d.fc"),
          entry("loss2/classifier", "auxiliary4d.classifier"),
          entry("loss3/classifier", "classifier"),
          entry("conv_final", "conv10"));

  private CaffeNames() {}

  /** Returns the parameter that a blob stands for, or null if the name belongs to no blob. */
  static String parameter(String name) {
    Matcher blob = BLOB.matcher(name);
    if (!blob.matches()) {
      return null;
    }

    String layer = layer(blob.group(1));
    return blob.group(2) != null ? Parameter.weight(layer) : Parameter.bias(layer);
  }

  private static String layer(String name) {
    Matcher fire = FIRE.matcher(name);
    if (fire.matches()) {
      return fire.group(1)
          + "."
          + (fire.group(2) == null ? DEEP_COMPRESSION.get(fire.group(3)) : fire.group(2));
    }

    Matcher inception = INCEPTION.matcher(name);
    if (!inception.matches()) {
      return LAYERS.getOrDefault(name, name);
    }

    String branch =
        inception.group(2).replace("_reduce", "reduce").replace("pool_proj", "poolProj");
    return "inception" + inception.group(1) + "." + branch;
  }
}
