package convoy.zoo.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests that tensors of more than one slab can be converted into every layout of products and back.
 */
class TensorCopyTest {
  private static final int ROWS = 1000;
  private static final int COLUMNS = 2112;

  /** AVX2 uses blocks of 24 rows. */
  @ParameterizedTest
  @EnumSource(
      value = memory.format_tag.class,
      names = {"ab", "ba", "AB8b24a", "AB8b32a", "AB16b16a", "AB16b32a", "AB16b64a"})
  void whatIsWrittenIsRead(memory.format_tag format) {
    memory.desc layout = OneDnn.layout(format, ROWS, COLUMNS);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }

    try (NativeBlock block = NativeBlock.zeros(layout.get_size())) {
      TensorCopy copy = new TensorCopy(new long[] {ROWS, COLUMNS}, layout, block.at(0));
      copy.write(0, FloatBuffer.wrap(values));
      FloatBuffer back = FloatBuffer.allocate(values.length);
      copy.read(0, back);
      assertThat(back.array()).isEqualTo(values);
    }
  }
}
