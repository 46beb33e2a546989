package convoy.jobs.command;

import convoy.data.image.BadPictureException;
import convoy.data.image.Decoder;
import convoy.data.image.Encoder;
import convoy.data.image.Picture;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.spark.Cpu;
import convoy.jobs.spark.internal.ScalaVersion;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.graph.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.util.VersionInfo;

/** The versions, CPU and native libraries that this process runs on. */
final class RuntimeFacts {
  private RuntimeFacts() {}

  /** Facts by name; each is a text or a list of lines. */
  static Map<String, Object> collect() throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("java", System.getProperty("java.runtime.version"));
    facts.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    facts.put("scala", ScalaVersion.current());
    facts.put("hadoop", VersionInfo.getVersion());
    facts.put("dl4j", ConvoyVersion.of("dl4j"));
    facts.put("openblas", ConvoyVersion.of("openblas"));
    facts.put("opencv", ConvoyVersion.of("opencv"));
    facts.put("cpu", Cpu.type());
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("loaded", load());
    return facts;
  }

  /** Loads decoder and engine as a job would, and lists the libraries that this loads. */
  private static List<String> load() throws IOException {
    List<String> loaded = new ArrayList<>();
    try {
      Decoder.decode(Encoder.png(new Picture(1, 1, 1, new byte[1])));
      Architecture smallest = Zoo.architectures().get(0);
      Engines.open("auto", new NetworkSpec(smallest.graph(smallest.defaults()), null, 1, 1))
          .close();
    } catch (LinkageError | RuntimeException | BadPictureException broken) {
      loaded.add("failed: " + broken);
    }

    loaded.addAll(loadedLibraries());
    return loaded;
  }

  /** Native libraries mapped into this process that are not the system's or Java's own. */
  private static List<String> loadedLibraries() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.isReadable(maps)) {
      return List.of();
    }

    try (Stream<String> lines = Files.lines(maps, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.contains("/") && line.contains(".so"))
          .map(line -> line.substring(line.indexOf('/')))
          .filter(path -> path.contains("javacpp") || path.contains("bytedeco"))
          .map(path -> String.valueOf(Path.of(path).getFileName()))
          .distinct()
          .sorted()
          .toList();
    }
  }
}
