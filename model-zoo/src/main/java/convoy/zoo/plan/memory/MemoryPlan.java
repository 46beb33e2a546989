package convoy.zoo.plan.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places regions in one block of memory so that no two regions overlap that are needed at the same
 * time. The largest region comes first, and each gets the lowest place that is free for its whole
 * life.
 */
public final class MemoryPlan {
  private static final long ALIGNMENT = 64;

  private MemoryPlan() {}

  /** Places all regions and returns the number of bytes in the block. */
  public static long place(List<MemoryRegion> regions) {
    List<MemoryRegion> placed = new ArrayList<>();
    long end = 0;
    List<MemoryRegion> largestFirst =
        regions.stream()
            .filter(MemoryRegion::used)
            .sorted(Comparator.comparingLong(MemoryRegion::bytes).reversed())
            .toList();
    for (MemoryRegion region : largestFirst) {
      region.place(lowestFree(region, placed));
      placed.add(region);
      end = Math.max(end, end(region));
    }

    return end;
  }

  private static long lowestFree(MemoryRegion region, List<MemoryRegion> placed) {
    List<MemoryRegion> neighbours =
        placed.stream()
            .filter(region::meets)
            .sorted(Comparator.comparingLong(MemoryRegion::offset))
            .toList();
    long at = 0;
    for (MemoryRegion neighbour : neighbours) {
      if (at + region.bytes() <= neighbour.offset()) {
        break;
      }

      at = Math.max(at, end(neighbour));
    }

    return at;
  }

  private static long end(MemoryRegion region) {
    return (region.offset() + region.bytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
