package convoy.zoo;

import org.bytedeco.dnnl.global.dnnl;

/** Knows whether oneDNN uses AVX-512 on this CPU. Some of its implementations only run with it. */
public final class Avx512 {
  private Avx512() {}

  public static boolean isThere() {
    return dnnl.get_effective_cpu_isa().intern().value >= dnnl.cpu_isa.avx512_core.value;
  }
}
