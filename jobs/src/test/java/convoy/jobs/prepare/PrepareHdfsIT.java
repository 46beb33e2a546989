package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import convoy.jobs.ConsoleCapture;
import convoy.jobs.SmallHdfs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inputs in HDFS give the bytes that local ones give. */
class PrepareHdfsIT {
  @TempDir private static Path shared;
  private static SmallHdfs hdfs;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    hdfs = SmallHdfs.start(shared);
  }

  @AfterAll
  static void stop() {
    if (hdfs != null) {
      hdfs.close();
    }
  }

  private Map<String, byte[]> prepared(String source, String in, String out) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("prepare", "--source=" + source));
    arguments.addAll(List.of("--in=" + in, "--out=" + folder.resolve(out)));
    ConsoleCapture run = PrepareRun.run("local[2]", 3, arguments.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    return PrepareRun.content(folder.resolve(out));
  }

  @ParameterizedTest
  @CsvSource({
    "csv, 100, 20",
    "jsonl, 100, 20",
    "webdataset, 100, 20",
    "cifar10, 100, 20",
    "mnist, 300, 300"
  })
  void aSourceIsReadThere(String source, int train, int validation) throws Exception {
    Path in = folder.resolve("in");
    String name = SmallInputs.write(source, in);
    Map<String, byte[]> local = prepared(source, in.resolve(name).toString(), "local");
    JsonNode manifest = PrepareRun.json(folder.resolve("local/manifest.json"));
    assertThat(manifest.at("/splits/train/examples").asInt()).isEqualTo(train);
    assertThat(manifest.at("/splits/val/examples").asInt()).isEqualTo(validation);
    assertThat(manifest.at("/classes")).hasSize(10);

    String there = "/" + source;
    hdfs.files()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(in.toUri()), new org.apache.hadoop.fs.Path(there));
    String far = hdfs.root() + there + (name.equals(".") ? "" : "/" + name);
    assertThat(prepared(source, far, "far")).containsExactlyEntriesOf(local);
  }
}
