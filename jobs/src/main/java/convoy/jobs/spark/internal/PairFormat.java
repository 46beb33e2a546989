package convoy.jobs.spark.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;

/** How the pairs of a {@link SortedShuffle} are written as bytes, one after the other. */
public interface PairFormat<K, V> extends Serializable {
  void writeKey(K key, DataOutputStream to) throws IOException;

  void writeValue(V value, DataOutputStream to) throws IOException;

  K readKey(DataInputStream from) throws IOException;

  V readValue(DataInputStream from) throws IOException;
}
