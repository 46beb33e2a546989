package convoy.zoo.engine;

import convoy.zoo.Avx512;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A convolution that oneDNN prints with DNNL_VERBOSE=1, in the lines of version 2 (ND4J's) and
 * version 3.
 *
 * @param primitive convolution or deconvolution
 * @param propagation forward_training, backward_data or backward_weights
 */
record DnnlVerbose(String primitive, String implementation, String propagation) {
  private static final Pattern LINE =
      Pattern.compile(
          "(?:dnnl|onednn)_verbose,(?:v1,primitive,)?exec,cpu,((?:de)?convolution),([^,]*),([^,]*),.*");

  /** Returns the convolutions of a log. */
  static List<DnnlVerbose> convolutions(List<String> log) {
    return log.stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new DnnlVerbose(line.group(1), line.group(2), line.group(3)))
        .toList();
  }

  /**
   * Returns whether an implementation ran that was compiled at run time for this processor. Without
   * AVX-512, oneDNN copies the windows of the first layer's three channels and multiplies them as a
   * matrix; this product is compiled at run time too.
   */
  boolean compiled() {
    return implementation.startsWith("jit")
        || implementation.startsWith("brg")
        || (!Avx512.isThere() && implementation.equals("x64:gemm:jit"));
  }
}
