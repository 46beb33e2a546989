package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Where examples come from. It lists them once, in tasks where that takes long, and reads them one
 * at a time, on any machine. Stateless.
 */
public interface Source {
  /** As on the command line. */
  String name();

  /**
   * Lists every item in an order that depends on names alone.
   *
   * @throws SourceException when the inputs aren't such a source
   */
  Listing list(ListingTasks tasks, List<Path> inputs) throws IOException;

  /** Opens a reader for one thread. */
  Reader open(Configuration configuration);

  /** Reads items, in any order. */
  interface Reader extends Closeable {
    /**
     * The bytes of one item.
     *
     * @throws BadPictureException when the item alone can't be read: {@code unreadable}, {@code
     *     too-large}
     */
    Content read(Item item) throws IOException, BadPictureException;
  }
}
