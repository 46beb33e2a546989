package convoy.jobs.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.spark.Cpu;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Writes _run.json: when, where and how fast a run was. It differs from run to run, and no reader
 * of the dataset needs it.
 */
final class RunFacts {
  private RunFacts() {}

  static String text(JavaSparkContext spark, PreparePaths paths, Map<String, Double> seconds)
      throws IOException {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("inputs", paths.inputs().stream().map(Path::toString).toList());
    facts.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("seconds", seconds);
    facts.put("host", host());
    facts.put("master", spark.master());
    facts.put("parallelism", spark.defaultParallelism());
    facts.put("convoy", ConvoyVersion.current());
    facts.put("spark", spark.version());
    facts.put("java", System.getProperty("java.version"));
    facts.put("cpu", Cpu.type());
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(facts) + "\n";
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }
}
