package convoy.benchmarks.exchange;

import convoy.zoo.Zoo;
import convoy.zoo.engine.ParameterLayout;
import java.util.List;

/**
 * What a row measures.
 *
 * @param network of the zoo, in its paper's size
 * @param workers number of executors, each on a host of its own
 * @param gigabits that a link carries a second in each direction; null if it is not shaped
 */
record Setting(String network, int workers, Integer gigabits) {
  static final List<Setting> ALL =
      List.of(
          new Setting("alexnet-one-tower", 2, 1),
          new Setting("alexnet-one-tower", 4, 1),
          new Setting("alexnet-one-tower", 8, 1),
          new Setting("alexnet-one-tower", 2, 10),
          new Setting("alexnet-one-tower", 2, null),
          new Setting("vgg16", 2, 1));

  static final List<Setting> QUICK =
      List.of(new Setting("alexnet-one-tower", 2, 1), new Setting("alexnet-one-tower", 2, null));

  /** The parameters and the momentum. */
  private static final int VECTORS = 2;

  /** The heap of an executor. */
  static final String HEAP = "900m";

  /** What an executor needs beside its network and its files. */
  private static final long PROCESS_BYTES = 1_000_000_000;

  /** The number of parameters. */
  int length() {
    return ParameterLayout.of(Zoo.architecture(network).graph(Zoo.architecture(network).defaults()))
        .length();
  }

  /** The bytes of the state. */
  long bytes() {
    return (long) length() * VECTORS * Float.BYTES;
  }

  /**
   * The bytes that each link has to carry in a round, in each direction: a worker must receive the
   * parts of all others that it reduces, and then the results of all others.
   */
  double leastBytes() {
    return 2.0 * (workers - 1) / workers * bytes();
  }

  /**
   * The memory that a row needs: each executor has a network, a shuffle's file and a heap, and
   * there are two states, each twice.
   */
  long memory() {
    return workers * (2 * bytes() + PROCESS_BYTES) + 4 * bytes();
  }

  @Override
  public String toString() {
    return "%s, %d workers, %s".formatted(network, workers, link());
  }

  String link() {
    return gigabits == null ? "not shaped" : gigabits + " Gbit/s";
  }
}
