package convoy.jobs.score;

import convoy.data.input.FileSource;
import convoy.data.input.Minibatch;
import convoy.jobs.base.UserException;
import convoy.jobs.predict.Classifier;
import convoy.jobs.predict.Predictions;
import convoy.jobs.predict.Ranking;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The work of one task: it scores a chunk and writes its rows under a hidden name. */
record ChunkScorer(
    Classifier classifier, ClassNames classes, int topK, PartFile parts, String temporary)
    implements Serializable {

  /** A chunk whose rows are written but are not a part yet. */
  record Scored(int part, String file, PartSummary summary) implements Serializable {}

  /**
   * Scores a chunk.
   *
   * @param attempt a number that no other task of the run has
   */
  Scored score(Chunk chunk, long attempt) throws IOException, InterruptedException {
    String name = parts.name(chunk.part());
    List<ScoreRow> rows = new ArrayList<>(chunk.files().size());
    Configuration configuration = parts.hadoop().configuration();
    FileSource<InputFile> files =
        new FileSource<>(
            chunk.files().iterator(),
            InputFile::length,
            file -> ScoreInputs.read(file, configuration));
    Predictions.run(classifier, files, (item, probabilities) -> rows.add(row(item, probabilities)));
    if (rows.size() != chunk.files().size()) {
      throw new IllegalStateException(
          rows.size() + " rows for " + chunk.files().size() + " files: " + name);
    }

    String file = temporary + "/" + name + "-" + attempt;
    return new Scored(chunk.part(), file, parts.write(rows, file, name));
  }

  private ScoreRow row(Minibatch.Entry<InputFile> item, float[] probabilities) {
    InputFile file = item.key();
    if (item.problem() != null) {
      return ScoreRow.failed(file.path(), item.problem().code(), item.problem().getMessage());
    }

    List<ScoreRow.Candidate> candidates = new ArrayList<>();
    for (int label : Ranking.top(probabilities, topK)) {
      candidates.add(
          new ScoreRow.Candidate(label, classes.names().get(label), probabilities[label]));
    }

    ScoreRow.Candidate best = candidates.get(0);
    if (!Float.isFinite(best.probability())) {
      throw UserException.badData(
          "the model gives %s for '%s', as its weights are not finite; use another checkpoint"
              .formatted(best.probability(), file.path()));
    }

    return new ScoreRow(
        file.path(),
        item.width(),
        item.height(),
        best.label(),
        best.className(),
        classes.words().get(best.label()),
        best.probability(),
        candidates,
        null);
  }
}
