package convoy.jobs.network;

import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import convoy.zoo.engine.SharedWeights;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The weights that networks of this process share. The first network that needs them loads them,
 * and the last one frees them.
 */
final class ProcessWeights {
  private final Map<Key, Entry> entries = new HashMap<>();

  /** The key of networks with the same source and the same weights. */
  record Key(NetworkSource source, String weights) {}

  /** Opens a network on the weights, and loads them if they aren't there yet. */
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
    try {
      network.close();
    } finally {
      leave(key);
    }
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

  /** Weights, with the number of networks that use them or are waiting for them. */
  private static final class Entry {
    private int networks;
    private SharedWeights weights;

    /** One task loads and the others wait for it. After a failure the next task tries again. */
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
