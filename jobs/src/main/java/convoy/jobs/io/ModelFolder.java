package convoy.jobs.io;

import convoy.data.dataset.Sha256;
import convoy.data.files.AtomicFiles;
import convoy.data.files.Storage;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.zoo.Engines;
import convoy.zoo.Zoo;
import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.format.ModelFormatException;
import convoy.zoo.format.ModelJson;
import convoy.zoo.format.Safetensors;
import convoy.zoo.format.StoredWeights;
import convoy.zoo.graph.Graph;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A model on disk: {@code weights.safetensors} and {@code model.json}, which is written last. A
 * folder without model.json is not a model.
 */
public final class ModelFolder {
  public static final String WEIGHTS = "weights.safetensors";
  public static final String DESCRIPTION = "model.json";

  /** The folder of a run that holds the model of its last round. */
  public static final String IN_RUN = "model";

  private final Configuration configuration;
  private final Path path;
  private final ModelDescription description;
  private final StoredWeights weights;

  private ModelFolder(
      Configuration configuration, Path path, ModelDescription description, StoredWeights weights) {
    this.configuration = configuration;
    this.path = path;
    this.description = description;
    this.weights = weights;
  }

  /** Writes a model. Each file is either complete or not there. */
  public static ModelFolder write(
      Configuration configuration, Path path, ModelDescription description, Network network)
      throws IOException {
    return write(configuration, path, description, network.layout(), network.parameters());
  }

  /**
   * Writes a model from parameters outside a network. At each moment the folder holds a model that
   * can be opened: the first description accepts both weights, the old and the new ones.
   */
  public static ModelFolder write(
      Configuration configuration,
      Path path,
      ModelDescription description,
      ParameterLayout layout,
      FlatVector parameters)
      throws IOException {
    FileSystem files = Storage.of(configuration, path);
    Path file = new Path(path, WEIGHTS);
    MessageDigest digest = Sha256.digest();
    Path written =
        AtomicFiles.writeBeside(
            files,
            file,
            "new",
            out -> Safetensors.write(new DigestOutputStream(out, digest), layout, parameters));
    StoredWeights weights = new StoredWeights(Sha256.hex(digest), null);
    ModelFolder model = new ModelFolder(configuration, path, description, weights);
    boolean described = false;
    try {
      if (isWhole(configuration, path)) {
        model.describe(new StoredWeights(weights.sha256(), Sha256.of(files, file)));
      }

      described = true;
    } finally {
      if (!described) {
        files.delete(written, false);
      }
    }

    AtomicFiles.commit(files, written, file);
    model.describe(weights);
    return model;
  }

  private void describe(StoredWeights accepted) throws IOException {
    HadoopFiles.write(
        configuration,
        new Path(path, DESCRIPTION),
        out -> ModelJson.write(out, description, accepted));
  }

  /**
   * Opens a model, or the model of a run. Only the description is read.
   *
   * @throws UserException with exit code 3 if there is none or its description is damaged
   */
  public static ModelFolder open(Configuration configuration, Path path) throws IOException {
    Path model = find(configuration, path);
    Path file = new Path(model, DESCRIPTION);
    byte[] text;
    try (InputStream in = Storage.of(configuration, file).open(file)) {
      text = in.readAllBytes();
    }

    try {
      ModelDescription description = ModelJson.read(new ByteArrayInputStream(text));
      StoredWeights weights = ModelJson.weights(new ByteArrayInputStream(text));
      return new ModelFolder(configuration, model, description, weights);
    } catch (ModelFormatException problem) {
      throw badFile(file, problem);
    }
  }

  /** Whether both files of a model are there. */
  public static boolean isWhole(Configuration configuration, Path path) throws IOException {
    return HadoopFiles.exists(configuration, new Path(path, WEIGHTS))
        && HadoopFiles.exists(configuration, new Path(path, DESCRIPTION));
  }

  private static Path find(Configuration configuration, Path path) throws IOException {
    Path ofRun = new Path(path, IN_RUN);
    for (Path candidate : new Path[] {path, ofRun}) {
      if (HadoopFiles.exists(configuration, new Path(candidate, DESCRIPTION))) {
        return candidate;
      }
    }
    throw UserException.badData(
        "no model in %s: neither %s nor %s/%s is there; name the output folder of convoy train, or one of its checkpoints"
            .formatted(path, DESCRIPTION, IN_RUN, DESCRIPTION));
  }

  /** The model's own folder, even if a run was opened. */
  public Path path() {
    return path;
  }

  public ModelDescription description() {
    return description;
  }

  /**
   * The graph of the network.
   *
   * @throws UserException with exit code 3 if this version doesn't know it
   */
  public Graph graph() {
    try {
      return Zoo.architecture(description.architecture()).graph(description.options());
    } catch (IllegalArgumentException problem) {
      throw badFile(new Path(path, DESCRIPTION), problem);
    } catch (ArithmeticException problem) {
      throw badFile(
          new Path(path, DESCRIPTION),
          new IllegalArgumentException("its sizes are beyond counting", problem));
    }
  }

  /**
   * Makes sure that the weights are whole and fit the network. It reads only their header, before
   * any memory is allocated for them.
   *
   * @throws UserException with exit code 3 if they are missing, cut or those of another network
   */
  public void check() throws IOException {
    Path file = new Path(path, WEIGHTS);
    ParameterLayout layout = ParameterLayout.of(graph().inference());
    FileSystem files = Storage.of(configuration, file);
    try (InputStream in = files.open(file)) {
      Safetensors.check(in, files.getFileStatus(file).getLen(), layout, ofTraining());
    } catch (ModelFormatException | FileNotFoundException problem) {
      throw badFile(file, problem);
    }
  }

  /** Opens the network for inference and loads its weights. The caller closes it. */
  public Network network(String engine, int maxBatch, int threads) throws IOException {
    check();
    Network network = Engines.open(engine, new NetworkSpec(graph(), null, maxBatch, threads));
    try {
      loadWeights(network);
      return network;
    } catch (IOException | RuntimeException problem) {
      network.close();
      throw problem;
    }
  }

  /**
   * Fills the parameters of a network of this architecture.
   *
   * @throws UserException with exit code 3 when the weights are missing, damaged or don't fit
   */
  public void loadWeights(Network network) throws IOException {
    loadWeights(network.layout(), network.parameters());
  }

  /**
   * Fills parameters of this architecture outside a network.
   *
   * @throws UserException with exit code 3 when the weights are missing, damaged or don't fit
   */
  public void loadWeights(ParameterLayout layout, FlatVector into) throws IOException {
    loadWeights(layout, ofTraining(), into);
  }

  /**
   * Fills the places of the tensors in {@code layout}. The file may also hold the tensors that are
   * passed over.
   *
   * @throws UserException with exit code 3 when the weights are missing, damaged or don't fit
   */
  public void loadWeights(ParameterLayout layout, Set<String> passedOver, FlatVector into)
      throws IOException {
    Path file = new Path(path, WEIGHTS);
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new Sha256.Input(Storage.of(configuration, file).open(file), digest)) {
      Safetensors.read(in, layout, passedOver, into);
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ModelFormatException | FileNotFoundException problem) {
      throw badFile(file, problem);
    }

    if (!weights.accepts(Sha256.hex(digest))) {
      throw badFile(
          file,
          new ModelFormatException(
              "its hash is not the one in %s, so it is damaged or belongs to another model"
                  .formatted(DESCRIPTION)));
    }
  }

  /** The tensors that only training uses, which the file may hold as well. */
  private Set<String> ofTraining() {
    Set<String> names = new HashSet<>(names(ParameterLayout.of(graph())));
    names.removeAll(names(ParameterLayout.of(graph().inference())));
    return names;
  }

  private static List<String> names(ParameterLayout layout) {
    return layout.tensors().stream().map(ParameterLayout.Tensor::name).toList();
  }

  /**
   * What becomes of a picture before the network sees it.
   *
   * @throws UserException with exit code 3 if the description of it is damaged or fits no such
   *     network
   */
  public Preprocessing preprocessing() {
    try {
      Preprocessing preprocessing = Preprocessing.fromJson(description.preprocessing());
      int channels = description.options().inputChannels();
      int size = description.options().inputSize();
      if (preprocessing.inputChannels() != channels || preprocessing.inputSize() != size) {
        throw new IllegalArgumentException(
            "preprocessing makes %d x %d px, the network takes %d x %d px"
                .formatted(
                    preprocessing.inputChannels(), preprocessing.inputSize(), channels, size));
      }

      Pipelines.evaluation(preprocessing); // Reports now, not in a task, what is wrong with it.
      return preprocessing;
    } catch (IllegalArgumentException damaged) {
      throw badFile(new Path(path, DESCRIPTION), damaged);
    }
  }

  /** The SHA-256 of weights and description. Equal models have equal fingerprints. */
  public String fingerprint() throws IOException {
    MessageDigest digest = Sha256.digest();
    for (String name : new String[] {WEIGHTS, DESCRIPTION}) {
      Path file = new Path(path, name);
      try {
        Sha256.add(digest, Storage.of(configuration, file), file);
      } catch (FileNotFoundException problem) {
        throw badFile(file, problem);
      }
    }

    return Sha256.hex(digest);
  }

  private static UserException badFile(Path file, Exception problem) {
    String reason =
        problem instanceof FileNotFoundException ? "the file is missing" : reason(problem);
    return new UserException(
        ExitCode.BAD_DATA,
        "the model's file %s cannot be used: %s; take another checkpoint, or train again"
            .formatted(file, reason),
        problem);
  }

  /** The message of the description itself, without Jackson's words around it. */
  private static String reason(Exception problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException) {
        return cause.getMessage();
      }
    }

    return problem.getMessage();
  }
}
