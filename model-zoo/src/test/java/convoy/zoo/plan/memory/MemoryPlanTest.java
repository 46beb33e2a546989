package convoy.zoo.plan.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  @Test
  void regionsThatAreNeededAtOnceNeverOverlapAndTheBlockHoldsAll() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      List<MemoryRegion> regions = drawn(random, 1 + random.nextInt(60));
      long end = MemoryPlan.place(regions);
      for (MemoryRegion region : regions) {
        assertThat(region.offset() % 64).isZero();
        assertThat(region.offset() + region.bytes()).isLessThanOrEqualTo(end);
        for (MemoryRegion other : regions) {
          assertThat(region == other || !region.meets(other) || apart(region, other)).isTrue();
        }
      }
    }
  }

  private static List<MemoryRegion> drawn(Random random, int count) {
    List<MemoryRegion> regions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemoryRegion region = new MemoryRegion(1 + random.nextInt(10_000));
      int first = random.nextInt(100);
      region.touch(first);
      region.touch(first + random.nextInt(20));
      regions.add(region);
    }

    return regions;
  }

  private static boolean apart(MemoryRegion one, MemoryRegion other) {
    return one.offset() + one.bytes() <= other.offset()
        || other.offset() + other.bytes() <= one.offset();
  }

  @Test
  void twoThatFollowEachOtherShareTheirPlace() {
    MemoryRegion first = new MemoryRegion(1000);
    first.touch(0);
    first.touch(1);
    MemoryRegion second = new MemoryRegion(1000);
    second.touch(2);
    assertThat(MemoryPlan.place(List.of(first, second))).isEqualTo(1024);
  }
}
