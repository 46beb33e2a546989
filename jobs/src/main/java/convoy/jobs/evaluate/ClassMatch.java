package convoy.jobs.evaluate;

import convoy.data.dataset.Manifest;
import convoy.jobs.base.UserException;
import convoy.zoo.format.ModelDescription;
import java.util.List;
import java.util.Optional;

/**
 * Checks that a model and a dataset have the same classes in the same order. Otherwise their labels
 * can't be compared.
 */
public final class ClassMatch {
  private ClassMatch() {}

  /**
   * Compares the names of the classes. A model without names fits if the number of classes is
   * equal.
   *
   * @return a note for the user, empty if the names are equal
   * @throws UserException with exit code 3, naming the first difference
   */
  public static Optional<String> check(
      String model, ModelDescription description, String dataset, Manifest manifest) {
    List<ModelDescription.ClassName> known = description.classes();
    List<Manifest.ClassEntry> asked = manifest.classes();
    if (known.size() != asked.size()) {
      throw UserException.badData(
          "model %s has %d classes, dataset %s has %d; evaluate on a dataset of the model's classes"
              .formatted(model, known.size(), dataset, asked.size()));
    }

    if (!description.named()) {
      return Optional.of(
          "model %s has no class names: its %d classes are taken in the order of dataset %s"
              .formatted(model, known.size(), dataset));
    }

    for (int label = 0; label < known.size(); label++) {
      String ofModel = known.get(label).name();
      String ofDataset = asked.get(label).name();
      if (!ofModel.equals(ofDataset)) {
        throw UserException.badData(
            "label %d is '%s' in model %s and '%s' in dataset %s; evaluate on a dataset of the model's classes"
                .formatted(label, ofModel, model, ofDataset, dataset));
      }
    }

    return Optional.empty();
  }
}
