package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1000).boxed().toList();

  private static List<InputFile> files(int count, long length) {
    List<InputFile> files = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      files.add(new InputFile("f" + k, "file:/f" + k, length));
    }

    return files;
  }

  @Test
  void everyFileIsInOneChunkInItsOrder() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      List<InputFile> files = files(random.nextInt(500), random.nextInt(40) << 20);
      int size = 1 + random.nextInt(100);
      List<Chunk> chunks = Chunk.cut(files, size, NUMBERS);
      assertThat(chunks.stream().flatMap(chunk -> chunk.files().stream()).toList())
          .isEqualTo(files);
      assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.files()).hasSizeBetween(1, size));
      assertThat(chunks.stream().map(Chunk::part))
          .containsExactlyElementsOf(IntStream.range(0, chunks.size()).boxed().toList());
    }
  }

  @Test
  void aChunkHoldsAtMostOneGibibyteUnlessOneFileIsLarger() {
    List<Chunk> chunks = Chunk.cut(files(3, 600L << 20), 100, NUMBERS);
    assertThat(chunks).hasSize(3);
    assertThat(Chunk.cut(files(2, 3L << 30), 100, NUMBERS)).hasSize(2);
  }

  @Test
  void everySlotHasWorkAndNoPartIsTinyOrHuge() {
    assertThat(Chunk.size(55, 2)).isEqualTo(64);
    assertThat(Chunk.size(1000, 2)).isBetween(120, 130);
    assertThat(Chunk.size(5_000_000, 16)).isEqualTo(Chunk.MOST_FILES);
  }
}
