package convoy.jobs.score;

import convoy.zoo.format.ModelDescription;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Names and words of a model's classes, in the order of their labels. */
record ClassNames(ArrayList<String> names, ArrayList<String> words) implements Serializable {
  static ClassNames of(List<ModelDescription.ClassName> classes) {
    ArrayList<String> names = new ArrayList<>();
    ArrayList<String> words = new ArrayList<>();
    for (ModelDescription.ClassName name : classes) {
      names.add(name.name());
      words.add(name.words());
    }

    return new ClassNames(names, words);
  }
}
