package convoy.data.dataset;

/** A newer Convoy wrote the dataset. The dataset is complete, but this version can't read it. */
public final class NewerDatasetException extends DatasetException {
  private static final long serialVersionUID = 1L;

  NewerDatasetException(String message) {
    super(message);
  }
}
