package convoy.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TarIndexTest {
  /** The bytes of a header and a file of 700 bytes with its padding. */
  private static final int ENTRY = 512 + 1024;

  private byte[] tar;

  @BeforeEach
  void threeFiles() throws IOException {
    byte[] file = new byte[700];
    Arrays.fill(file, (byte) 'x');
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : List.of("a", "b", "c")) {
      files.put(name, file);
    }

    tar = Tars.of(files);
    assertThat(tar).hasSize(3 * ENTRY + 1024);
  }

  private static List<String> names(byte[] tar) throws IOException {
    return TarIndex.of(new SeekableInMemoryByteChannel(tar), "some.tar", 0).stream()
        .map(TarIndex.Entry::name)
        .toList();
  }

  @Test
  void aHoleOfZerosIsNoEnd() throws IOException {
    assertThat(names(tar)).containsExactly("a", "b", "c");
    int[][] holes = {{0, 512}, {ENTRY, ENTRY + 512}, {ENTRY, 2 * ENTRY}, {0, 2 * ENTRY}};
    for (int[] hole : holes) {
      byte[] holed = tar.clone();
      Arrays.fill(holed, hole[0], hole[1], (byte) 0);
      assertThatThrownBy(() -> names(holed))
          .describedAs(Arrays.toString(hole))
          .isInstanceOf(SourceException.class)
          .hasMessage("some.tar goes on after its end mark, or has a hole: fetch it again");
    }
  }

  @Test
  void twoTarsInOneFileAreNotHalfRead() {
    byte[] both = Arrays.copyOf(tar, 2 * tar.length);
    System.arraycopy(tar, 0, both, tar.length, tar.length);
    assertThatThrownBy(() -> names(both)).hasMessageContaining("goes on after its end mark");
  }

  @Test
  void zerosBehindTheEndAreFineUpToOneMebibyte() throws IOException {
    int end = 3 * ENTRY;
    assertThat(names(Arrays.copyOf(tar, end + 512))).hasSize(3);
    assertThat(names(Arrays.copyOf(tar, end + (1 << 20)))).hasSize(3);
    assertThatThrownBy(() -> names(Arrays.copyOf(tar, end + (1 << 20) + 512)))
        .hasMessageContaining("goes on after its end mark");
    assertThatThrownBy(() -> names(Arrays.copyOf(tar, end + 511)))
        .hasMessageContaining("no end mark");
  }
}
