package convoy.jobs.evaluate;

import convoy.data.image.BadPictureException;
import convoy.data.image.PictureMemoryException;
import convoy.jobs.base.UserException;
import convoy.jobs.predict.Classifier;
import convoy.jobs.predict.Item;
import convoy.jobs.predict.Predictions;
import convoy.jobs.spark.HadoopSettings;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What one task does: predicts the examples of its row groups and tallies each row group. */
record RowGroupsTask(Classifier classifier, String dataset, HadoopSettings hadoop)
    implements Serializable {

  List<RowGroupTally> run(List<RowGroup> rowGroups) throws IOException, InterruptedException {
    List<RowGroupTally> tallies = new ArrayList<>();
    for (RowGroup rowGroup : rowGroups) {
      tallies.add(new RowGroupTally(rowGroup.index(), rowGroup.examples()));
    }

    try (RowGroupExamples examples =
        new RowGroupExamples(rowGroups, dataset, hadoop.configuration())) {
      Predictions.run(classifier, items(examples), sink(tallies));
    }

    return tallies;
  }

  /** A row group is a group of minibatches: its floats don't depend on its neighbours. */
  private static Iterator<Item<RowGroupExamples.Located>> items(RowGroupExamples examples) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return examples.hasNext();
      }

      @Override
      public Item<RowGroupExamples.Located> next() {
        RowGroupExamples.Located located = examples.next();
        return new Item<>(located, located.place(), located.example()::picture);
      }
    };
  }

  private Predictions.Sink<RowGroupExamples.Located> sink(List<RowGroupTally> tallies) {
    return new Predictions.Sink<>() {
      @Override
      public void accept(
          RowGroupExamples.Located located, int width, int height, float[] probabilities) {
        tallies.get(located.place()).add(located.example().label(), probabilities);
      }

      @Override
      public void reject(RowGroupExamples.Located located, BadPictureException problem)
          throws IOException {
        PictureMemoryException.throwIfOutOfMemory("example " + located.example().key(), problem);
        throw UserException.badData(
            "%s: example '%s' can't be decoded (%s: %s); prepare the dataset anew"
                .formatted(dataset, located.example().key(), problem.code(), problem.getMessage()));
      }
    };
  }
}
