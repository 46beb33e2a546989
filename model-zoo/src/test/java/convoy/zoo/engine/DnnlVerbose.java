package convoy.zoo.engine;

import convoy.zoo.Avx512;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A convolution that oneDNN prints with DNNL_VERBOSE=1, in the lines of version 2 (ND4J's) and 3.
 *
 * @param primitive convolution or deconvolution
 * @param propagation forward_training, backward_data or backward_weights
 */
record DnnlVerbose(String primitive, String implementation, String propagation) {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:dnnl|onednn)_verbose,(?:v1,primitive,)?exec,cpu,((?:de)?convolution),([^,]*),([^,]*),.*");

  /** The convolutions of a log. */
  static List<DnnlVerbose> convolutions(List<String> log) {
    return log.stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new DnnlVerbose(line.group(1), line.group(2), line.group(3)))
        .toList();
  }

  /**
   * Whether an implementation made at run time for this processor ran. Below AVX-512 oneDNN unrolls
   * the first layer's three channels for a product, which is made at run time too.
   */
  boolean compiled() {
    return implementation.startsWith("jit")
        || implementation.startsWith("brg")
        || (!Avx512.isThere() && implementation.equals("x64:gemm:jit"));
  }
}
