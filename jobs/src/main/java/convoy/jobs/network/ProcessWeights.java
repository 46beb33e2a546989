package convoy.jobs.network;

import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import convoy.zoo.engine.SharedWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights that networks of this process share: loaded by the first network that needs them, and
 * freed with the last one.
 */
final class ProcessWeights {
  private final Map<Key, Entry> entries = new HashMap<>();

  /** Networks of one source with the same floats. */
  record Key(NetworkSource source, String weights) {}

  /** Opens a network on the weights, which are loaded now unless they are there. */
  Network open(Key key, WeightsSource from) throws IOException {
    Entry entry = enter(key);
    boolean opened = false;
    try {
      Network network = key.source().open(entry.loaded(key.source(), from));
      opened = true;
      return network;
    } finally {
      if (!opened) {
        leave(key);
      }
    }
  }

  /** Closes a network that was opened here. */
  void close(Key key, Network network) {
    network.close();
    leave(key);
  }

  private Entry enter(Key key) {
    synchronized (entries) {
      Entry entry = entries.computeIfAbsent(key, unseen -> new Entry());
      entry.networks++;
      return entry;
    }
  }

  private void leave(Key key) {
    synchronized (entries) {
      Entry entry = entries.get(key);
      entry.networks--;
      if (entry.networks == 0) {
        entries.remove(key);
        entry.close();
      }
    }
  }

  /** Weights and the number of networks that read them or are about to. */
  private static final class Entry {
    private int networks;
    private SharedWeights weights;

    /** One task loads, the others wait for it; after a failure the next one tries again. */
    synchronized SharedWeights loaded(NetworkSource source, WeightsSource from) throws IOException {
      if (weights == null) {
        SharedWeights opening = source.openWeights();
        try {
          from.load(opening.layout(), opening.parameters());
          weights = opening;
        } finally {
          if (weights == null) {
            opening.close();
          }
        }
      }

      return weights;
    }

    synchronized void close() {
      if (weights != null) {
        weights.close();
      }
    }
  }
}
