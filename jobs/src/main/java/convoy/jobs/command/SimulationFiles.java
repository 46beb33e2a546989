package convoy.jobs.command;

import convoy.data.files.LocalDisk;
import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.base.UserException;
import convoy.jobs.simulate.Planes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that all simulations share: the input picture and the output folder. */
final class SimulationFiles {
  @Option(
      names = "--image",
      required = true,
      paramLabel = "FILE",
      description = "Local file of the picture.")
  @InputPath(file = true)
  private Path image;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Local folder for the PNG files. Files of an earlier simulation are replaced.")
  @OutputPath
  private Path out;

  /** The picture's values, 0 to 255. It is read before anything is printed. */
  Planes read() throws IOException {
    return Planes.of(picture());
  }

  Picture picture() throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw UserException.usage("--out " + out + " is a file; name a folder");
    }

    try {
      return Decoder.decode(Files.readAllBytes(image));
    } catch (NoSuchFileException absent) {
      throw UserException.badData("--image " + image + ": no such file");
    } catch (BadPictureException bad) {
      throw UserException.badData("--image " + image + ": " + bad.getMessage());
    }
  }

  /** Writes a picture and prints its path. */
  void write(String name, Picture picture, String what) throws IOException {
    Files.createDirectories(out);
    Path path = out.resolve(name);
    LocalDisk.write(path, Encoder.png(picture));
    System.out.printf("%s  %s%n", path, what);
  }
}
