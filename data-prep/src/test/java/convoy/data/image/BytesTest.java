package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void theNext0xffIsFoundWhereverItStands() {
    for (int other : new int[] {0, 0x01, 0x7f, 0x80, 0xfe}) {
      for (int size = 0; size < 35; size++) {
        for (int place = 0; place <= size; place++) {
          byte[] bytes = new byte[size];
          Arrays.fill(bytes, (byte) other);
          Arrays.fill(bytes, place, size, (byte) 0xff);
          for (int from = 0; from <= size; from++) {
            assertThat(new Bytes(bytes, "jpeg").next0xff(from)).isEqualTo(Math.max(place, from));
          }
        }
      }
    }
  }

  @Test
  void afterTheEndThereIsNo0xff() {
    assertThat(new Bytes(new byte[] {-1, -1}, "jpeg").next0xff(70_000)).isEqualTo(2);
  }
}
