package convoy.jobs.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import convoy.data.dataset.Manifest;
import convoy.data.files.Storage;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.base.ExitCode;
import convoy.jobs.base.UserException;
import convoy.jobs.exchange.FirstState;
import convoy.jobs.io.HadoopFiles;
import convoy.jobs.io.ModelFolder;
import convoy.jobs.recipe.EffectiveRecipe;
import convoy.jobs.train.sync.Normalization;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that a run starts from ({@code --init}), which gives the first weights and the scaling
 * of pixels. The run stores it in init.json, so that it keeps the same scaling if the model is
 * deleted.
 *
 * @param path the model's own folder, with scheme
 * @param fingerprint fingerprint of weights and description
 */
record InitialModel(String path, String fingerprint, Preprocessing preprocessing) {
  private static final Logger LOG = LoggerFactory.getLogger(InitialModel.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Finds the initial model. A new run takes the given one, and a resumed run keeps its own.
   *
   * @param given value of the option, or null
   * @return null if the run starts from random weights
   * @throws UserException if there is no model, or it doesn't fit recipe and dataset
   */
  static InitialModel of(RunStart start, String given, Manifest manifest) throws IOException {
    Configuration configuration = start.folder().configuration();
    if (start.stored() != null) {
      InitialModel kept = read(start.folder());
      if (given != null) {
        checkSame(start.folder(), kept, given);
      }

      return kept;
    }

    if (given == null) {
      return null;
    }

    ModelFolder folder = ModelFolder.open(configuration, new Path(given));
    Transfer.of(folder, start.given().model(), manifest); // Reports now what doesn't fit.
    Path path = Storage.of(configuration, folder.path()).makeQualified(folder.path());
    return new InitialModel(path.toString(), folder.fingerprint(), folder.preprocessing());
  }

  /**
   * Makes sure that a run which continues began with the given model. The model itself may be gone,
   * and one that has changed is not read again.
   */
  private static void checkSame(RunFolder run, InitialModel kept, String given) throws IOException {
    if (kept == null) {
      throw UserException.usage(
          "the run in %s began without --init: leave it out, or choose another --out"
              .formatted(run.path()));
    }

    Configuration configuration = run.configuration();
    Path path = Storage.of(configuration, new Path(given)).makeQualified(new Path(given));
    List<Path> places = List.of(path, new Path(path, ModelFolder.IN_RUN));
    boolean samePlace = places.stream().anyMatch(place -> place.toString().equals(kept.path()));
    if (samePlace && !ModelFolder.isWhole(configuration, new Path(kept.path()))) {
      return;
    }

    if (ModelFolder.open(configuration, path).fingerprint().equals(kept.fingerprint())) {
      return;
    }

    if (!samePlace) {
      throw UserException.usage(
          "the run in %s began with --init %s, and %s is another model: leave --init out, or choose another --out"
              .formatted(run.path(), kept.path(), given));
    }

    LOG.warn(
        "the model of --init {} has changed since the run began with it; the run keeps what it has",
        given);
  }

  private static InitialModel read(RunFolder run) throws IOException {
    if (!HadoopFiles.exists(run.configuration(), run.initialModel())) {
      return null;
    }

    try {
      JsonNode json = JSON.readTree(HadoopFiles.readText(run.configuration(), run.initialModel()));
      return new InitialModel(
          json.path("model").asText(),
          json.path("fingerprint").asText(),
          Preprocessing.fromJson(json.path("preprocessing")));
    } catch (JsonProcessingException | ChecksumException | IllegalArgumentException damaged) {
      throw new UserException(
          ExitCode.BAD_DATA,
          run.initialModel() + " is damaged: begin again with another --out",
          damaged);
    }
  }

  void write(RunFolder run) throws IOException {
    JsonNode json =
        JSON.createObjectNode()
            .put("model", path)
            .put("fingerprint", fingerprint)
            .set("preprocessing", preprocessing.toJson());
    HadoopFiles.writeText(run.configuration(), run.initialModel(), json.toPrettyString() + "\n");
  }

  /** The number of input channels of the model's network. */
  int inputChannels() {
    return preprocessing.inputChannels();
  }

  Normalization normalization() {
    return Normalization.of(preprocessing);
  }

  /** Replaces the random weights by the model's, except in classifiers of different classes. */
  void load(
      Configuration configuration, EffectiveRecipe recipe, Manifest manifest, FirstState state)
      throws IOException {
    ModelFolder folder = ModelFolder.open(configuration, new Path(path));
    if (!folder.fingerprint().equals(fingerprint)) {
      throw UserException.badData(
          "the model %s has changed since the run began: begin again with another --out"
              .formatted(path));
    }

    Transfer transfer = Transfer.of(folder, recipe.model(), manifest);
    folder.loadWeights(transfer.layout(), transfer.passedOver(), state.parameters());
    LOG.info(
        "starting from {}: {}; pixels are scaled as for that model: scale {}, mean {}, std {}",
        path,
        transfer.text(),
        preprocessing.scale(),
        rounded(preprocessing.mean()),
        rounded(preprocessing.std()));
  }

  private static List<String> rounded(List<Double> values) {
    return values.stream().map(value -> String.format(Locale.ROOT, "%.4g", value)).toList();
  }
}
