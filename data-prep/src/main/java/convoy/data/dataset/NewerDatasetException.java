package convoy.data.dataset;

/** A newer Convoy wrote the dataset: it is whole though this one can't read it. */
public final class NewerDatasetException extends DatasetException {
  private static final long serialVersionUID = 1L;

  NewerDatasetException(String message) {
    super(message);
  }
}
