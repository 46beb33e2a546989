package convoy.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void versionPrintsTheVersionOfTheBuild() {
    ConsoleCapture console = ConsoleCapture.of("version");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).matches("convoy +\\d+\\.\\d+\\.\\d+\n");
    assertThat(console.err()).isEmpty();
  }

  @Test
  void verboseVersionNamesWhatItRunsOn() {
    ConsoleCapture console = ConsoleCapture.of("version", "--verbose", "--json");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out())
        .contains("\"spark\" : \"3.5.9\"", "\"scala\" : \"2.12.18\"", "\"hadoop\" : \"3.3.4\"")
        .contains("\"dl4j\" : \"1.0.0-M2.1\"", "\"opencv\" : \"4.", "\"cpu\"")
        .contains("libnd4jcpu.so", "libopencv_imgcodecs.so")
        .doesNotContain("failed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vresion | convoy: unknown command 'vresion', did you mean 'version'?; see convoy --help",
        "version --verbos | convoy version: unknown option '--verbos', did you mean '--verbose'?;"
            + " see convoy version --help",
        "version --jsn=1 | convoy version: unknown option '--jsn', did you mean '--json'?;"
            + " see convoy version --help",
        "score --modle run --in x --out y | convoy score: unknown option '--modle', did you mean"
            + " '--model'?; see convoy score --help",
        "score --in x --out y --format csv | convoy score: missing required option: '--model=MODEL'; see convoy"
            + " score --help",
        "train --recipe r --data d --out o --master local | convoy train: option '--master' stands"
            + " before the command: convoy --master ... train; see convoy train --help",
        "version now | convoy version: unexpected argument 'now'; see convoy version --help",
      })
  void wrongUsageIsOneLineWithTheValueAndASuggestion(String arguments, String line) {
    ConsoleCapture console = ConsoleCapture.of(arguments.split(" "));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).isEqualTo(line + "\n");
    assertThat(console.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "evaluate --model= --data=d | convoy evaluate: --model is empty: give a value",
        "train --recipe=r --data=my:d --out=o | convoy train: --data my:d is not a path: before a"
            + " colon stands a scheme such as hdfs; for a name write ./my:d",
        "score --model=m:x --in=i --out=o --format=csv | convoy score: --model m:x is not a path: before a colon"
            + " stands a scheme such as hdfs; for a name write ./m:x",
        "evaluate --model=m --data=d --out=s3a://b/x | convoy evaluate: Class"
            + " org.apache.hadoop.fs.s3a.S3AFileSystem not found: the connector of this file system is"
            + " not here; add --packages org.apache.hadoop:hadoop-aws:3.3.4 for s3a (spark-submit, or"
            + " scripts/convoy with --master), or put its jars into jars/ of SPARK_HOME",
        "inspect my:d | convoy inspect: DATASET my:d is not a path: before a colon stands a scheme such"
            + " as hdfs; for a name write ./my:d",
        "inspect d --picture=/proc/cx.png | convoy inspect: --picture /proc/cx.png: can't write in"
            + " /proc; choose another place",
        "generate --out=/proc/cx | convoy generate: --out /proc/cx: can't write in /proc; choose"
            + " another place",
        "prepare --source=folder --in=i --out=/proc/cx/ds | convoy prepare: --out /proc/cx/ds:"
            + " can't write in /proc; choose another place",
        "evaluate --model=m --data=d --out=pom.xml/e.json | convoy evaluate: --out HERE/e.json:"
            + " HERE is a file, not a folder; choose another place",
      })
  void pathsAreCheckedBeforeTheCommandStarts(String arguments, String line) {
    ConsoleCapture console = ConsoleCapture.of(arguments.split(" "));

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err())
        .isEqualTo(line.replace("HERE", Path.of("pom.xml").toAbsolutePath().toString()) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "export --model=m --to=onnx --out=src | 2 | convoy export: --out src",
        "inspect d --picture=src | 2 | convoy inspect: --picture src",
        "evaluate --model=m --data=d --out=src | 2 | convoy evaluate: --out src",
        "simulate convolution --kernel=blur --out=x --image=src | 3 | convoy simulate convolution:"
            + " --image src",
        "simulate pooling --out=x --image=src | 3 | convoy simulate pooling: --image src",
        "simulate network --model=m --out=x --image=src | 3 | convoy simulate network: --image src",
        "prepare --source=folder --in=i --out=x --classes=src | 3 | convoy prepare: --classes src",
        "import --from=npz --architecture=lenet5 --in=i --out=x --classes=src | 3 | convoy import:"
            + " --classes src",
      })
  void aFolderInPlaceOfAFileIsCalledSo(String arguments, int code, String line) {
    ConsoleCapture console = ConsoleCapture.of(arguments.split(" "));

    assertThat(console.exitCode()).isEqualTo(code);
    assertThat(console.err()).isEqualTo(line + " is a folder: name a file\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ver/nsion | convoy: unknown command 'ver\\nsion'",
        "version a/tb/rc | convoy version: unexpected argument 'a\\tb\\rc'",
        "version --ve/nrbose=1/n2 | convoy version: unknown option '--ve\\nrbose'",
        "generate --out=x --seed=1/n2 | convoy generate: invalid value for option '--seed':"
            + " '1\\n2' is not a long",
        "evaluate --model=src --data=src --crops=1/n0 | convoy evaluate: --crops 1\\n0",
        "models le/nnet | convoy models: unknown model 'le\\nnet'",
        "models --format=te/ext | convoy models: ",
        "score --model=src --in=src --out=o --format=c/esv | convoy score: unknown --format 'c\\x1bsv'",
        "prepare --source=fol/nder --in=i --out=o | convoy prepare: --source fol\\nder",
        "import --from=np/nz --architecture=lenet5 --in=i --out=x | convoy import: --from np\\nz",
        "import --from=npz --architecture=le/nnet5 --in=i --out=x | convoy import: ",
        "simulate convolution --image=pom.xml --out=x --kernel=so/nbel | convoy simulate",
        "train --recipe=pom.xml --data=d --out=o --set=a/nb | convoy train: the recipe has",
        "plan/n | convoy: unknown command 'plan\\n'",
      })
  void lineBreaksAndControlCharactersOfValuesAreShown(String arguments, String start) {
    String[] given =
        arguments
            .replace("/n", "\n")
            .replace("/t", "\t")
            .replace("/r", "\r")
            .replace("/e", "\33")
            .split(" ");
    ConsoleCapture console = ConsoleCapture.of(given);

    assertThat(console.exitCode()).isBetween(2, 3);
    assertThat(console.err()).startsWith(start).doesNotContain("\33", "\t", "\r");
    assertThat(console.err().lines())
        .allMatch(line -> line.startsWith("convoy") || line.startsWith("  "));
  }

  @Test
  void anArgumentWithAnAtSignIsAName(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("options"), "--json");

    assertThat(ConsoleCapture.of("version", "@" + file).err())
        .startsWith("convoy version: unexpected argument '@" + file);
  }

  @Test
  void nothingToDoShowsTheHelpAsAnError() {
    ConsoleCapture console = ConsoleCapture.of();

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).contains("Usage: convoy", "version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "report", "doctor"})
  void commandsThatAreNotBuiltYetSaySo(String command) {
    ConsoleCapture console = ConsoleCapture.of(command, "--out", "x");

    assertThat(console.exitCode()).isEqualTo(2);
    assertThat(console.err()).isEqualTo("convoy " + command + ": not supported yet\n");
    assertThat(ConsoleCapture.of("--help").out()).doesNotContain("  " + command);
  }

  @Test
  void helpIsNoError() {
    assertThat(ConsoleCapture.of("--help").exitCode()).isZero();
    ConsoleCapture console = ConsoleCapture.of("version", "--help");

    assertThat(console.exitCode()).isZero();
    assertThat(console.out()).contains("Usage: convoy version", "--verbose", "--json");
  }
}
