package convoy.jobs.prepare;

import convoy.data.source.Item;
import java.io.Serializable;
import java.util.List;

/**
 * A shard before it is written: what one task needs to write it.
 *
 * @param path relative to the dataset
 * @param rowGroupExamples examples of a row group
 */
record ShardPlan(String path, int rowGroupExamples, List<Row> rows) implements Serializable {
  /** One example to be: the item, and what the check found. */
  record Row(Item item, String format, int width, int height, int channels, int bytes)
      implements Serializable {}
}
