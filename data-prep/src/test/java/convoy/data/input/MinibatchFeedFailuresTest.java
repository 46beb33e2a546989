package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.dataset.DatasetException;
import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.data.image.Picture;
import convoy.data.image.PictureMemoryException;
import convoy.data.pipeline.Pipeline;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A feed that fails, or is closed early, tells its reader and leaves no thread behind. */
class MinibatchFeedFailuresTest extends FeedOfTwoShards {
  @Test
  void anExampleThatFindsNoMemoryIsNamedAndIsNoBadData() throws Exception {
    Pipeline large =
        pipeline(
            () -> {
              throw new OutOfMemoryError("Java heap space");
            });
    try (MinibatchFeed<ExampleRow> feed = feed(rowGroups("train", 0, 1), large, 1)) {
      assertThatThrownBy(feed::next)
          .hasCauseInstanceOf(PictureMemoryException.class)
          .cause()
          .hasMessageContaining("example k0: ")
          .hasMessageContaining("Java heap space");
    }
  }

  @Test
  void buffersThatAreTooSmallAreRefused() {
    assertThatThrownBy(
            () ->
                new MinibatchFeed<>(
                    source(1, 0, 0, 8),
                    PIPELINE,
                    BATCH,
                    1,
                    new BufferPool().take(2, BATCH * LENGTH - 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a buffer of 39 floats is too small for 8 pictures of 5 floats");
  }

  @Test
  void anErrorInTheThreadReachesTheCallerWithItsCause() throws Exception {
    Pipeline failing =
        pipeline(
            () -> {
              throw new IllegalStateException("the cat is out");
            });
    try (MinibatchFeed<ExampleRow> feed = open(failing)) {
      assertThatThrownBy(feed::next)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the cat is out")
          .hasCauseInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aPictureThatCannotBeDecodedIsNamed() throws Exception {
    Manifest.Shard shard;
    try (ShardWriter writer =
        ShardWriter.create(configuration, dataset(), "bad.parquet", 16, "0")) {
      writer.add(
          new Example(
              "train/bad.jpg",
              0,
              2,
              2,
              3,
              "jpeg",
              "no picture".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      shard = writer.finish();
    }

    manifest =
        new Manifest(
            1,
            List.of(),
            Map.of("train", new Manifest.Split(1, 0, List.of(), List.of(shard))),
            null,
            null);
    try (MinibatchFeed<ExampleRow> feed = training(1, 0, 0, 1, 1)) {
      assertThatThrownBy(feed::next)
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("train/bad.jpg");
    }
  }

  @Test
  void closingStopsAThreadThatIsBusy() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    Pipeline slow =
        pipeline(
            () -> {
              started.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.set(true);
                Thread.currentThread().interrupt();
              }
            });
    MinibatchFeed<ExampleRow> feed = open(slow);
    started.await();
    feed.close();
    assertThat(interrupted).isTrue();
    assertThatThrownBy(feed::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingEarlyEndsQuietly() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (MinibatchFeed<ExampleRow> feed = training(1, 0, 0, EXAMPLES, 1 + i % 3)) {
        if (i % 2 == 0) {
          assertThat(feed.next().size()).isEqualTo(BATCH);
        }
      }
    }
  }

  @Test
  void aCallerThatIsInterruptedWhileWaitingLearnsIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Pipeline stuck =
        pipeline(
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try (MinibatchFeed<ExampleRow> feed = open(stuck)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(feed::next).isInstanceOf(InterruptedException.class);
    }
  }

  private MinibatchFeed<ExampleRow> open(Pipeline pipeline) {
    return feed(source(1, 0, 0, EXAMPLES), pipeline, 1);
  }

  private static Pipeline pipeline(Runnable apply) {
    return new Pipeline() {
      @Override
      public void apply(Picture picture, long seed, FloatBuffer into) {
        apply.run();
      }

      @Override
      public int length() {
        return LENGTH;
      }
    };
  }
}
