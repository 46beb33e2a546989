package convoy.data.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.data.image.BadPictureException;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FileSourceTest {
  private static final byte[] PICTURE = Encoder.png(new Picture(40, 36, 1, new byte[40 * 36]));

  private static FileSource<String> source(
      int files, long length, FileSource.Reader<String> reader) {
    return new FileSource<>(names(files).iterator(), file -> length, reader);
  }

  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      names.add("f" + k);
    }

    return names;
  }

  @Test
  void itemsComeInTheirOrderWithTheirOwnBytesOrError() throws Exception {
    FileSource.Reader<String> reader =
        file -> {
          if (file.endsWith("7")) {
            throw new BadPictureException("not-found", file);
          }

          return PICTURE;
        };
    List<String> seen = new ArrayList<>();
    try (FileSource<String> items = source(200, 10, reader)) {
      for (FeedItem<String> next = items.next(); next != null; next = items.next()) {
        FeedItem<String> item = next;
        seen.add(item.key());
        if (item.key().endsWith("7")) {
          assertThatThrownBy(() -> item.picture().decode())
              .isInstanceOf(BadPictureException.class)
              .hasMessage(item.key());
        } else {
          assertThat(item.picture().decode().width()).isEqualTo(40);
        }
      }

      assertThat(items.next()).as("the end stays the end").isNull();
    }

    assertThat(seen).isEqualTo(names(200));
  }

  @Test
  void severalFilesAreReadAtATime() throws Exception {
    CountDownLatch together = new CountDownLatch(3);
    FileSource.Reader<String> reader =
        file -> {
          together.countDown();
          try {
            assertThat(together.await(1, TimeUnit.MINUTES)).isTrue();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }

          return PICTURE;
        };
    try (FileSource<String> items = source(3, 10, reader)) {
      assertThat(items.next().picture().decode().height()).isEqualTo(36);
    }
  }

  @Test
  void largeFilesAreNotHeapedUp() throws Exception {
    AtomicInteger started = new AtomicInteger();
    FileSource.Reader<String> reader =
        file -> {
          started.incrementAndGet();
          return PICTURE;
        };
    try (FileSource<String> items = source(10, 100L << 20, reader)) {
      for (int k = 1; k <= 10; k++) {
        items.next().picture().decode();
        assertThat(started.get()).isEqualTo(k);
      }
    }
  }

  @Test
  void whateverIsWrongWithAFileBecomesItsReason() throws Exception {
    try (FileSource<String> items = source(1, 10, file -> PICTURE)) {
      BadPictureException bad = new BadPictureException("truncated", "the end is missing");
      assertThat(items.reject("f", bad)).isSameAs(bad);
      assertThat(items.reject("f", new OutOfMemoryError("Java heap space")))
          .hasMessage("the task's heap is too small for it: Java heap space")
          .extracting(BadPictureException::code)
          .isEqualTo("out-of-memory");
      assertThat(items.reject("f", new IllegalStateException("a bug")))
          .hasMessage("java.lang.IllegalStateException: a bug")
          .extracting(BadPictureException::code)
          .isEqualTo("failed");
    }
  }
}
