package convoy.zoo.networks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The fixed targets of LeNet-5's output, with +1 for ink and -1 for paper. Up to ten classes get
 * the digits drawn on 7 x 12 places (our own drawing after the idea of LeCun et al. 1998, figure
 * 3). More classes get seeded random codes of the same length, any two of which differ in at least
 * a quarter of their places.
 */
final class CharacterCodes {
  private static final int WIDTH = 7;
  private static final int LENGTH = 84;
  private static final int SMALLEST_DISTANCE = LENGTH / 4;
  private static final int MOST_CLASSES = 4096;
  private static final long SEED = 1998;

  private static final String DIGITS =
      """
      ..###.. ...##.. .#####. .#####. .....#. ####### ...###. ####### ..###.. .#####.
      .#...#. ..###.. ##...## ##...## ....##. ##..... ..##... #....## .#...#. ##...##
      ##...## .####.. #.....# ......# ...###. ##..... .##.... .....## ##...## #.....#
      ##...## #..##.. ......# ......# ...#.#. ##..... .#..... ....##. ##...## #.....#
      #.....# ...##.. .....## .....#. ..##.#. #####.. ##..... ....#.. .#...#. #.....#
      #.....# ...##.. ....##. ..####. .##..#. ....##. #####.. ...##.. ..###.. ##...##
      #.....# ...##.. ...##.. .....#. .#...#. .....## ##..##. ...#... .##.##. .######
      #.....# ...##.. ..##... ......# ##...#. ......# #....## ..##... ##...## ......#
      ##...## ...##.. .##.... ......# ####### ......# #.....# ..##... #.....# ......#
      ##...## ...##.. ##..... #.....# .....#. #.....# #.....# ..##... #.....# .....##
      .#...#. ...##.. ##....# ##...## .....#. ##...## ##...## ..#.... ##...## ##..##.
      ..###.. .###### ####### .#####. .....#. .#####. .#####. ..#.... .#####. .####..
      """;

  private CharacterCodes() {}

  /**
   * Returns one code of 84 values for each class. A code holds the rows of its drawing from top to
   * bottom.
   */
  static List<List<Integer>> of(int classes) {
    if (classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          classes
              + " classes are too many: there are "
              + MOST_CLASSES
              + " codes that differ enough");
    }
    return classes <= 10 ? digits().subList(0, classes) : random(classes);
  }

  private static List<List<Integer>> digits() {
    List<String> lines = DIGITS.lines().toList();
    List<List<Integer>> codes = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      int left = digit * (WIDTH + 1);
      codes.add(
          lines.stream()
              .flatMap(line -> line.substring(left, left + WIDTH).chars().boxed())
              .map(place -> place == '#' ? 1 : -1)
              .toList());
    }
    return codes;
  }

  private static List<List<Integer>> random(int classes) {
    Random random = new Random(SEED);
    List<List<Integer>> codes = new ArrayList<>();
    while (codes.size() < classes) {
      List<Integer> candidate = random.ints(LENGTH, 0, 2).map(bit -> 2 * bit - 1).boxed().toList();
      if (codes.stream().allMatch(code -> distance(code, candidate) >= SMALLEST_DISTANCE)) {
        codes.add(candidate);
      }
    }
    return codes;
  }

  /** Returns the number of places in which two codes differ. */
  static int distance(List<Integer> one, List<Integer> other) {
    int places = 0;
    for (int place = 0; place < one.size(); place++) {
      if (!one.get(place).equals(other.get(place))) {
        places++;
      }
    }
    return places;
  }
}
