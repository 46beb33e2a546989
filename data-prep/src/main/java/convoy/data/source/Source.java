package convoy.data.source;

import convoy.data.image.BadPictureException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A source of examples. It lists them once, in tasks if that takes long, and reads them one at a
 * time on any machine. It is stateless.
 */
public interface Source {
  /** Returns the name on the command line. */
  String name();

  /**
   * Lists every item in an order that depends on names alone.
   *
   * @throws SourceException if the inputs aren't a source of this kind
   */
  Listing list(ListingTasks tasks, List<Path> inputs) throws IOException;

  /** Opens a reader for one thread. */
  Reader open(Configuration configuration);

  /** Reads items in any order. */
  interface Reader extends Closeable {
    /**
     * Reads the bytes of one item.
     *
     * @throws BadPictureException if only this item can't be read: {@code unreadable}, {@code
     *     too-large}
     */
    Content read(Item item) throws IOException, BadPictureException;
  }
}
