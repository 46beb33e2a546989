package convoy.zoo.dl4j;

import java.util.List;

/** Lines that oneDNN prints with DNNL_VERBOSE=1: verbose,exec,cpu,primitive,implementation,... */
public final class DnnlVerbose {
  private DnnlVerbose() {}

  /** The convolutions and transposed convolutions of a log. */
  public static List<String> convolutions(List<String> log) {
    return log.stream()
        .filter(line -> line.matches("(dnnl|onednn)_verbose,exec,cpu,(de)?convolution,.*"))
        .toList();
  }

  /** Whether an implementation made at run time for this processor ran: jit or brgconv. */
  public static boolean compiled(String line) {
    return line.matches("(?:[^,]*,){4}(jit|brg).*");
  }
}
