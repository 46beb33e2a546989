package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.generate.Generator;
import convoy.jobs.ConsoleCapture;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that prepare drawn pictures. */
abstract class OnDrawnPictures {
  /** 4 classes: 160 in train, 32 in val. */
  static Path pictures;

  @TempDir private static Path shared;
  @TempDir Path folder;

  @BeforeAll
  static void drawPictures() throws IOException {
    pictures = shared.resolve("pictures");
    Generator.write(pictures, 4, 40, 24, 7);
  }

  Path out() {
    return folder.resolve("dataset");
  }

  /** A copy whose files a test may change. */
  Path copy() throws IOException {
    Path copy = folder.resolve("copy");
    Files.walkFileTree(
        pictures,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(copy.resolve(pictures.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(from, copy.resolve(pictures.relativize(from)));
            return FileVisitResult.CONTINUE;
          }
        });
    return copy;
  }

  static Path first(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).min(Path::compareTo).orElseThrow();
    }
  }

  static Path firstClass(Path in) throws IOException {
    try (Stream<Path> classes = Files.list(in.resolve("train"))) {
      return classes.sorted().findFirst().orElseThrow();
    }
  }

  static void prepared(ConsoleCapture run) {
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
  }
}
