package convoy.jobs.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.dataset.Example;
import convoy.data.dataset.Manifest;
import convoy.data.dataset.ShardWriter;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactSheetTest {
  private final Configuration configuration = HadoopSettings.local().configuration();

  @TempDir private Path folder;

  @Test
  void shardsBeyondTheFirstPicturesStayClosed() throws IOException {
    var dataset = new org.apache.hadoop.fs.Path(folder.toUri());
    Manifest.Shard first;
    try (ShardWriter writer =
        ShardWriter.create(configuration, dataset, "train/part-00000.parquet", 10, "attempt")) {
      for (int i = 0; i < 70; i++) {
        writer.add(new Example("a/" + i, 0, 4, 4, 1, Example.RAW, new byte[16]));
      }

      first = writer.finish();
    }

    Manifest.Shard absent = new Manifest.Shard("train/part-00001.parquet", 1, "", List.of(1));
    Manifest manifest =
        new Manifest(
            Manifest.FORMAT_VERSION,
            List.of(new Manifest.ClassEntry(0, "a", null)),
            Map.of("train", new Manifest.Split(71, 71, List.of(71L), List.of(first, absent))),
            null,
            null);
    assertThat(ContactSheet.of(configuration, dataset, manifest).height()).isEqualTo(8 * 132 + 4);
  }
}
