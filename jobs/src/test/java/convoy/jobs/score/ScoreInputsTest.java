package convoy.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import convoy.data.image.BadPictureException;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ScoreInputsTest {
  static final List<String> ODD_NAMES =
      List.of(
          "_under.jpg",
          "with space.jpg",
          "per%cent%41.jpg",
          "ha#sh.jpg",
          "[a-z]*.jpg",
          "{a,b}?.jpg",
          "a+b.jpg",
          "quote'\".jpg",
          "new\nline.jpg",
          "co:lon.jpg",
          "file:x.jpg",
          "back\\slash.jpg",
          "ünïcödé 日本.jpg",
          "no extension",
          " leading.jpg",
          "trailing ",
          "-dash.jpg",
          "~tilde.jpg");

  private final Configuration configuration = HadoopSettings.local().configuration();
  @TempDir private Path folder;
  private Path in;

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, file.getFileName().toString());
  }

  private ScoreListing list(Path... inputs) throws IOException {
    return ScoreInputs.list(
        java.util.Arrays.stream(inputs).map(Path::toString).toList(), configuration);
  }

  private static List<String> paths(ScoreListing listing) {
    return listing.files().stream().map(InputFile::path).toList();
  }

  @Test
  void everyNameIsAFileThatCanBeRead() throws Exception {
    for (String name : ODD_NAMES) {
      write(in.resolve(name));
      write(in.resolve("sub:dir %20").resolve(name));
    }

    ScoreListing listing = list(in);

    assertThat(listing.files()).hasSize(2 * ODD_NAMES.size());
    assertThat(paths(listing)).containsAll(ODD_NAMES).contains("sub:dir %20/co:lon.jpg");
    for (InputFile file : listing.files()) {
      String content = new String(ScoreInputs.read(file, configuration), StandardCharsets.UTF_8);
      assertThat(file.path()).endsWith(content);
    }
  }

  @Test
  void aNameThatIsNoUtf8IsAFileToo() throws Exception {
    Path odd = Path.of(URI.create(in.toUri() + "a%E4%ff.jpg"));
    Files.writeString(odd, "x");

    ScoreListing listing = list(in);

    assertThat(paths(listing)).containsExactly("a\\xE4\\xFF.jpg");
    assertThat(ScoreInputs.read(listing.files().get(0), configuration)).hasSize(1);
  }

  @Test
  void hadoopsFileSystemsGiveTheSamePaths() throws Exception {
    List<String> names = ODD_NAMES.stream().filter(name -> !name.contains(":")).toList();
    for (String name : names) {
      write(in.resolve(name));
      write(in.resolve("sub %20").resolve(name));
    }

    write(in.resolve(".hidden"));
    write(in.resolve(".folder/x"));
    ScoreListing.Builder found = new ScoreListing.Builder();
    HadoopInput.of("file:" + in, configuration).list("", found);
    ScoreListing listing = found.build();

    assertThat(paths(listing)).isEqualTo(paths(list(in)));
    assertThat(listing.hiddenFiles()).isEqualTo(1);
    assertThat(listing.hiddenFolders()).isEqualTo(1);
    for (InputFile file : listing.files()) {
      try (var stream = HadoopInput.open(file.location(), configuration)) {
        assertThat(file.path()).endsWith(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @Test
  void hiddenFilesAndFoldersAreSkippedAndCounted() throws IOException {
    write(in.resolve(".hidden"));
    write(in.resolve("sub/.also"));
    write(in.resolve(".folder/one"));
    write(in.resolve(".folder/two"));
    write(in.resolve("seen"));

    ScoreListing listing = list(in);

    assertThat(paths(listing)).containsExactly("seen");
    assertThat(listing.hiddenFiles()).isEqualTo(2);
    assertThat(listing.hiddenFolders()).isEqualTo(1);
  }

  @Test
  void linksAreFollowedButNotBackIntoAFolderAbove() throws Exception {
    write(in.resolve("real/a"));
    write(folder.resolve("outside/b"));
    Files.createSymbolicLink(in.resolve("link"), folder.resolve("outside"));
    Files.createSymbolicLink(in.resolve("a-link"), in.resolve("real/a"));
    Files.createSymbolicLink(in.resolve("real/up"), in);
    Files.createSymbolicLink(in.resolve("dangling"), folder.resolve("nowhere"));
    Files.createSymbolicLink(in.resolve("self"), in.resolve("self"));

    ScoreListing listing = list(in);

    assertThat(paths(listing)).containsExactly("a-link", "dangling", "link/b", "real/a", "self");
    assertThat(listing.loops()).isEqualTo(1);
    assertThatThrownBy(() -> ScoreInputs.read(listing.files().get(1), configuration))
        .isInstanceOfSatisfying(
            BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("not-found"));
    assertThatThrownBy(() -> ScoreInputs.read(listing.files().get(4), configuration))
        .isInstanceOfSatisfying(
            BadPictureException.class, bad -> assertThat(bad.code()).isEqualTo("unreadable"));
  }

  @Test
  void aLinkToAFolderAboveTheInputIsSkippedToo() throws Exception {
    write(in.resolve("a"));
    write(folder.resolve("outside/b"));
    Files.createSymbolicLink(in.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(in.resolve("top"), Path.of("/"));
    Files.createSymbolicLink(folder.resolve("outside/up"), folder);
    Files.createSymbolicLink(in.resolve("link"), folder.resolve("outside"));

    ScoreListing listing = list(in);

    assertThat(paths(listing)).containsExactly("a", "link/b");
    assertThat(listing.loops()).isEqualTo(3);
  }

  @Test
  @Timeout(20)
  void aPipeOrDeviceAsTheInputIsRefusedAndNeverOpened() throws Exception {
    Path pipe = in.resolve("pipe");
    assumeTrue(
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
    Path link = Files.createSymbolicLink(in.resolve("link"), pipe);
    for (Path special : List.of(pipe, link, Path.of("/dev/zero"))) {
      assertThatThrownBy(() -> list(special))
          .isInstanceOfSatisfying(
              UserException.class,
              error -> assertThat(error.exitCode()).isEqualTo(ExitCode.BAD_DATA))
          .hasMessage("--in " + special + " is a pipe, socket or device: name a file or folder");
    }
  }

  @Test
  void pipesAreCountedAndNeverOpened() throws Exception {
    assumeTrue(
        new ProcessBuilder("mkfifo", in.resolve("pipe").toString()).start().waitFor() == 0,
        "needs mkfifo");
    assertThat(list(in).special()).isEqualTo(1);
    assertThat(list(in).files()).isEmpty();
  }

  @Test
  void severalInputsStandUnderTheirNames() throws IOException {
    write(in.resolve("a/x"));
    write(in.resolve("b/x"));
    write(in.resolve("single"));
    assertThat(paths(list(in.resolve("a"), in.resolve("b"), in.resolve("single"))))
        .containsExactly("a/x", "b/x", "single");
    assertThat(paths(list(in.resolve("single")))).containsExactly("single");
  }

  @Test
  void inputsThatOverlapOrGiveTheSamePathAreRefused() throws IOException {
    write(in.resolve("a/x"));
    write(in.resolve("b/a/x"));
    assertThatThrownBy(() -> list(in, in.resolve("a")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("overlap");
    assertThatThrownBy(() -> list(in.resolve("a"), in.resolve("b/a")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("both be called 'a/x'");
  }

  @Test
  void anAbsentInputIsBadData() {
    assertThatThrownBy(() -> list(folder.resolve("absent [a-z]*")))
        .isInstanceOfSatisfying(
            UserException.class, error -> assertThat(error.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("absent [a-z]* doesn't exist: check the path");
  }

  @Test
  void aFolderNamedLikeAPatternOrAUriIsAFolder() throws IOException {
    for (String name : List.of("[ab]*", "a:b", "x%20y", "{q}")) {
      write(in.resolve(name).resolve("file"));
      assertThat(paths(list(in.resolve(name)))).containsExactly("file");
      assertThat(ScoreInputs.list(List.of("file://" + in.resolve(name)), configuration).files())
          .hasSize(1);
      assertThat(Files.exists(in.resolve(name), LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
  }
}
