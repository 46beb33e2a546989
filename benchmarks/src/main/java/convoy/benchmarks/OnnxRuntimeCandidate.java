package convoy.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.OnnxModel;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime, with all its optimizations, on the network that Convoy exports. */
final class OnnxRuntimeCandidate implements Candidate {
  private static final String OUTPUT = "probabilities";

  private final Pictures pictures;
  private final OrtSession session;
  private final OnnxTensor images;

  OnnxRuntimeCandidate(Workload workload) {
    Graph graph = workload.graph(true);
    this.pictures = Pictures.drawn(graph, workload.batch());
    long[] shape = {
      workload.batch(), graph.input().channels(), graph.input().height(), graph.input().width()
    };
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.setIntraOpNumThreads(workload.threads());
      options.setInterOpNumThreads(1);
      this.session = session(environment, options, graph);
      this.images = OnnxTensor.createTensor(environment, pictures.images(), shape);
    } catch (OrtException problem) {
      throw new IllegalStateException("ONNX Runtime: " + problem.getMessage(), problem);
    }
  }

  private static OrtSession session(
      OrtEnvironment environment, OrtSession.SessionOptions options, Graph graph)
      throws OrtException {
    try {
      Path file = Files.createTempFile("convoy-", ".onnx");
      try {
        try (OutputStream out = Files.newOutputStream(file)) {
          OnnxModel.write(out, graph, ParameterLayout.of(graph), new StartValues(graph), Map.of());
        }

        return environment.createSession(file.toString(), options);
      } finally {
        Files.delete(file);
      }
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  @Override
  public double iterate() {
    try (OrtSession.Result result = session.run(Map.of("images", images), Set.of(OUTPUT))) {
      return pictures.loss(((OnnxTensor) result.get(0)).getFloatBuffer());
    } catch (OrtException problem) {
      throw new IllegalStateException("ONNX Runtime: " + problem.getMessage(), problem);
    }
  }

  @Override
  public void close() {
    images.close();
    try {
      session.close();
    } catch (OrtException problem) {
      throw new IllegalStateException("ONNX Runtime: " + problem.getMessage(), problem);
    }
  }
}
