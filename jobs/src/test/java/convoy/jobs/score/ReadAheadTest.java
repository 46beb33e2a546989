package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import convoy.jobs.predict.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static List<InputFile> files(int count, long length) {
    List<InputFile> files = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      files.add(new InputFile("f" + k, "file:///f" + k, length));
    }

    return files;
  }

  @Test
  void itemsComeInTheirOrderWithTheirOwnBytesOrError() throws Exception {
    List<InputFile> files = files(200, 10);
    ReadAhead.Reader reader =
        file -> {
          if (file.path().endsWith("7")) {
            throw new BadPictureException("not-found", file.path());
          }

          return ScoreRun.picture(1);
        };
    List<InputFile> seen = new ArrayList<>();
    try (ReadAhead items = new ReadAhead(files.iterator(), reader)) {
      while (items.hasNext()) {
        Item<InputFile> item = items.next();
        seen.add(item.key());
        if (item.key().path().endsWith("7")) {
          assertThatThrownBy(() -> item.picture().read())
              .isInstanceOf(BadPictureException.class)
              .hasMessage(item.key().path());
        } else {
          assertThat(item.picture().read().width()).isEqualTo(40);
        }
      }
    }

    assertThat(seen).isEqualTo(files);
  }

  @Test
  void severalFilesAreReadAtATime() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    ReadAhead.Reader reader =
        file -> {
          together.countDown();
          try {
            assertThat(together.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }

          return ScoreRun.picture(1);
        };
    try (ReadAhead items = new ReadAhead(files(3, 10).iterator(), reader)) {
      assertThat(items.next().picture().read().height()).isEqualTo(36);
    }
  }

  @Test
  void largeFilesAreNotHeapedUp() throws Exception {
    AtomicInteger started = new AtomicInteger();
    ReadAhead.Reader reader =
        file -> {
          started.incrementAndGet();
          return ScoreRun.picture(1);
        };
    try (ReadAhead items = new ReadAhead(files(10, 100L << 20).iterator(), reader)) {
      for (int k = 1; k <= 10; k++) {
        items.next().picture().read();
        assertThat(started.get()).isEqualTo(k);
      }
    }
  }
}
