package convoy.jobs.train;

import convoy.jobs.exchange.Slices;
import convoy.zoo.format.ModelDescription;
import java.io.IOException;

/** Writes states of a run as checkpoints, as the best model and as the last model. */
record ModelWriter(RunFolder folder, Checkpoints checkpoints, ModelDescription description) {
  void checkpoint(CheckpointState place, Slices state) throws IOException {
    checkpoints.write(place, state, description);
  }

  /** Writes the model whose top-1 on the validation split is the best so far. */
  void best(Slices state) throws IOException {
    checkpoints.writeModel(folder.best(), state, description);
  }

  /** Writes the model of the last round. */
  void last(Slices state) throws IOException {
    checkpoints.writeModel(folder.model(), state, description);
  }
}
