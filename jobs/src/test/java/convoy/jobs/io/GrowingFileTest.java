package convoy.jobs.io;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.files.LocalDisk;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.Progressable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
  @TempDir private java.nio.file.Path folder;

  /** A store such as S3, where a file can only be replaced. */
  public static final class NoAppend extends LocalDisk {
    @Override
    public boolean hasPathCapability(Path path, String capability) {
      return false;
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
      throw new UnsupportedOperationException("append");
    }
  }

  @Test
  void textIsAddedToAFile() throws IOException {
    addsLines(new Configuration());
  }

  @Test
  void aStoreWithoutAppendGetsTheWholeFile() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", NoAppend.class.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    addsLines(configuration);
  }

  private void addsLines(Configuration configuration) throws IOException {
    Path path = new Path(folder.resolve("lines").toUri());
    GrowingFile file = new GrowingFile(configuration, path);
    file.add("one\n");
    file.add("two\n");
    file.add("three\n");
    assertThat(folder.resolve("lines")).hasContent("one\ntwo\nthree\n");
    assertThat(folder.toFile().list()).containsExactly("lines");
  }
}
