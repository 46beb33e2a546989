package convoy.jobs.train.sync;

/** How the workers of a run are kept together; replaced by the real contract of training. */
public interface SyncStrategy {
  String name();
}
