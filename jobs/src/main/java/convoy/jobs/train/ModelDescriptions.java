package convoy.jobs.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import convoy.data.dataset.Manifest;
import convoy.data.image.Decoder;
import convoy.jobs.base.ConvoyVersion;
import convoy.jobs.recipe.ModelKeys;
import convoy.jobs.recipe.Recipes;
import convoy.jobs.recipe.TrainingKeys;
import convoy.jobs.train.sync.TrainingJob;
import convoy.zoo.format.ModelDescription;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Makes the content of model.json for the models of a run. */
final class ModelDescriptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelDescriptions() {}

  /**
   * Describes the models of a job.
   *
   * @param initial the model that the run started from, null for random weights
   */
  static ModelDescription of(TrainingJob job, InitialModel initial) {
    List<ModelDescription.ClassName> classes =
        job.manifest().classes().stream()
            .map(
                entry -> new ModelDescription.ClassName(entry.label(), entry.name(), entry.words()))
            .toList();
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("dataset", fingerprint(job.manifest()));
    provenance.put("recipe", Recipes.write(job.recipe()));
    provenance.put("seed", job.recipe().training().get(TrainingKeys.SEED));
    if (initial != null) {
      provenance.put("init", initial.fingerprint());
    }

    provenance.put("convoy", ConvoyVersion.current());
    provenance.put("dl4j", ConvoyVersion.of("dl4j"));
    provenance.put("decoder", Decoder.version());
    provenance.put("java", System.getProperty("java.version"));
    return new ModelDescription(
        ModelDescription.FORMAT_VERSION,
        job.recipe().model().get(ModelKeys.NAME),
        job.options(),
        classes,
        job.preprocessing().toJson(),
        provenance);
  }

  /** The SHA-256 of a manifest's content. */
  static String fingerprint(Manifest manifest) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(JSON.valueToTree(manifest).toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
