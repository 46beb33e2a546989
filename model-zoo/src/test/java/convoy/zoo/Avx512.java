package convoy.zoo;

import org.bytedeco.dnnl.global.dnnl;

/** Whether oneDNN has this CPU's AVX-512: which of its implementations run depends on it. */
public final class Avx512 {
  private Avx512() {}

  public static boolean isThere() {
    return dnnl.get_effective_cpu_isa().intern().value >= dnnl.cpu_isa.avx512_core.value;
  }
}
