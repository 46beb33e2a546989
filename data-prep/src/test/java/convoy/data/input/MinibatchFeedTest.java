package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.data.order.EpochShares;
import convoy.data.pipeline.Pipeline;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinibatchFeedTest extends FeedOfTwoShards {
  /** An example that reached the network. */
  record Seen(int example, int label, float seed) {}

  private static List<Seen> drain(MinibatchFeed<ExampleRow> feed) throws Exception {
    try (feed) {
      List<Seen> seen = new ArrayList<>();
      for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
        FloatBuffer images = batch.images();
        for (int i = 0; i < batch.size(); i++) {
          int example = (int) (images.get(i * LENGTH) * 256 + images.get(i * LENGTH + 1));
          seen.add(new Seen(example, batch.labels()[i], images.get(i * LENGTH + 4)));
        }
      }

      assertThat(feed.next()).as("the end stays the end").isNull();
      return seen;
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,2", "400,1"})
  void anEpochBringsEveryExampleOnceWithTheSameSeedForAnyWorkers(int workers, int threads)
      throws Exception {
    Map<Integer, Seen> byExample = new TreeMap<>();
    for (int worker = 0; worker < workers; worker++) {
      long share = new EpochShares(EXAMPLES, workers, BATCH).share(worker);
      List<Seen> seen = drain(training(workers, worker, 0, share, threads));
      assertThat(seen).hasSize((int) share);
      seen.forEach(one -> byExample.put(one.example(), one));
    }

    List<Seen> alone = drain(training(1, 0, 0, EXAMPLES, 1));
    assertThat(byExample.values()).containsExactlyInAnyOrderElementsOf(alone);
    assertThat(byExample.keySet())
        .containsExactlyElementsOf(IntStream.range(0, EXAMPLES).boxed().toList());
    assertThat(alone).allMatch(one -> one.label() == one.example() % 10);
    assertThat(alone.stream().map(Seen::seed).distinct().count()).isGreaterThan(300);
  }

  @Test
  void roundsOneAfterTheOtherAreTheEpoch() throws Exception {
    List<Seen> rounds = new ArrayList<>();
    for (long from = 0; from < 166; from += 40) {
      rounds.addAll(drain(training(2, 0, from, Math.min(from + 40, 166), 1)));
    }

    assertThat(rounds).isEqualTo(drain(training(2, 0, 0, 166, 3)));
  }

  @Test
  void rowGroupsComeInTheStoredOrder() throws Exception {
    List<Seen> seen = new ArrayList<>();
    int rowGroups = manifest.splits().get("train").rowGroupSizes().size();
    for (int from = 0; from < rowGroups; from += 5) {
      int to = Math.min(from + 5, rowGroups);
      seen.addAll(drain(feed(rowGroups("train", from, to), PIPELINE, 1)));
    }

    assertThat(seen.stream().map(Seen::example))
        .containsExactlyElementsOf(IntStream.range(0, EXAMPLES).boxed().toList());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void minibatchesOfRowGroupsNeverHoldTwo(int threads) throws Exception {
    List<Integer> sizes = manifest.splits().get("train").rowGroupSizes();
    int[] counted = new int[sizes.size()];
    try (MinibatchFeed<ExampleRow> feed =
        feed(rowGroups("train", 0, sizes.size()), PIPELINE, threads)) {
      for (Minibatch<ExampleRow> batch = feed.next(); batch != null; batch = feed.next()) {
        int rowGroup = batch.entries().get(0).key().rowGroup();
        assertThat(batch.entries()).allMatch(entry -> entry.key().rowGroup() == rowGroup);
        counted[rowGroup] += batch.size();
      }
    }

    assertThat(IntStream.of(counted).boxed().toList()).isEqualTo(sizes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aBadFileKeepsItsPlaceInTheOrderAndTakesNoRoomInTheBuffer(int threads) throws Exception {
    int files = 200;
    FileSource<Integer> source =
        new FileSource<>(
            IntStream.range(0, files).iterator(),
            file -> 10,
            file -> {
              if (isBad(file)) {
                throw new BadPictureException("not-found", "file " + file);
              }

              return Encoder.png(new Picture(2, 2, 1, new byte[] {(byte) (int) file, 0, 0, 0}));
            });
    List<Integer> order = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    try (MinibatchFeed<Integer> feed = feed(source, PIPELINE, threads)) {
      for (Minibatch<Integer> batch = feed.next(); batch != null; batch = feed.next()) {
        for (Minibatch.Entry<Integer> entry : batch.entries()) {
          order.add(entry.key());
          assertThat(entry.problem() != null).isEqualTo(isBad(entry.key()));
          if (entry.problem() == null) {
            assertThat(batch.images().get(entry.place() * LENGTH))
                .isEqualTo((float) (int) entry.key());
          }
        }

        sizes.add(batch.size());
      }
    }

    assertThat(order).isEqualTo(IntStream.range(0, files).boxed().toList());
    // Of 200 files 100 are bad, and every minibatch except the last one is full.
    assertThat(sizes).hasSize(13).endsWith(4);
    assertThat(sizes.subList(0, 12)).containsOnly(BATCH);
  }

  /** Bad files come in runs longer than a minibatch, and alone. */
  private static boolean isBad(int file) {
    return file < 100 ? file >= 20 && file < 60 : file % 5 < 3;
  }

  @Test
  void aFolderWithoutAnyPictureComesInPartsOfEntriesAlone() throws Exception {
    FileSource<Integer> source =
        new FileSource<>(
            IntStream.range(0, 2500).iterator(),
            file -> 10,
            file -> {
              throw new BadPictureException("not-found", "none");
            });
    int items = 0;
    try (MinibatchFeed<Integer> feed = feed(source, PIPELINE, 2)) {
      for (Minibatch<Integer> batch = feed.next(); batch != null; batch = feed.next()) {
        assertThat(batch.size()).isZero();
        assertThat(batch.entries().size()).isBetween(1, 1024 + BATCH);
        items += batch.entries().size();
      }
    }

    assertThat(items).isEqualTo(2500);
  }

  @Test
  void severalInputsOfAPictureLieSideBySide() throws Exception {
    Pipeline twice =
        new Pipeline() {
          @Override
          public void apply(Picture picture, long seed, FloatBuffer into) {
            PIPELINE.apply(picture, 1, into);
            PIPELINE.apply(picture, 2, into);
          }

          @Override
          public int length() {
            return LENGTH;
          }

          @Override
          public int inputs() {
            return 2;
          }
        };
    int example = 0;
    try (MinibatchFeed<ExampleRow> feed = feed(rowGroups("train", 0, 2), twice, 2)) {
      for (Minibatch<?> batch = feed.next(); batch != null; batch = feed.next()) {
        for (int place = 0; place < batch.size(); place++) {
          for (int input = 0; input < 2; input++) {
            int at = (place * 2 + input) * LENGTH;
            assertThat(batch.images().get(at + 1)).isEqualTo(example);
            assertThat(batch.images().get(at + 4)).isEqualTo(input + 1);
          }

          example++;
        }
      }
    }

    assertThat(example).isEqualTo(32);
  }

  @Test
  void anUnknownSplitAndABadRangeAreRefused() {
    assertThatThrownBy(() -> training(1, 0, 0, 334, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rowGroups("train", 3, 99))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rowGroups("val", 0, 1))
        .hasMessage("the dataset has no split val, it has [train]");
  }
}
