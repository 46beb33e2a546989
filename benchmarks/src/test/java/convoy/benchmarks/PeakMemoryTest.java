package convoy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
  private static final Workload WORKLOAD = new Workload("vgg16", false, Mode.TRAIN, 1, 8);

  @Test
  void oursStandsBesideThePeersThriftierLayout() {
    PeakMemory memory =
        new PeakMemory(
            WORKLOAD,
            Map.of(
                Engine.CONVOY, 600L << 20,
                Engine.LIBTORCH, 800L << 20,
                Engine.LIBTORCH_CHANNELS_LAST, 1000L << 20));
    assertThat(memory.ratio()).isEqualTo(0.75);
    assertThat(memory.line().strip().split(" +"))
        .containsExactly("vgg16", "train", "1", "8", "600", "800", "1000", "0.75");
  }
}
