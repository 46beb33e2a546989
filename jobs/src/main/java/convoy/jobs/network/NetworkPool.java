package convoy.jobs.network;

import convoy.jobs.spark.internal.TaskEnd;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.NetworkSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The networks of this process, which stay open between tasks. A task leases a network, works, and
 * returns it. The next task with an equal {@link NetworkSource} gets the same one. There are thus
 * as many networks as tasks that run at the same time.
 *
 * <p>Inside a Spark task:
 *
 * <pre>{@code
 * try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(source, weights)) {
 *   Network network = lease.network();
 *   ...
 * }
 * }</pre>
 *
 * <p>Networks that only predict share one copy of the weights. A network that trains has its own
 * weights, even while it is leased for prediction.
 *
 * <p>A task that fails or is killed returns its network too: Spark runs the completion listener in
 * the task's own thread, after the task has stopped using it. Idle networks of other sources or
 * weights are closed before a new one is opened. Training and evaluation can use the same network
 * in turn if the evaluation leases the training's source.
 */
public final class NetworkPool {
  private static final NetworkPool OF_THIS_PROCESS = new NetworkPool();

  private final Map<ProcessWeights.Key, Deque<Pooled>> idle = new HashMap<>();
  private final ProcessWeights shared = new ProcessWeights();

  /** Makes a separate pool, for tests. */
  NetworkPool() {}

  public static NetworkPool ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Leases an idle network of this source with weights of its own, or opens one. The lease ends
   * with the task at the latest.
   */
  public Lease lease(NetworkSource source) {
    ProcessWeights.Key key = new ProcessWeights.Key(source, null);
    Pooled pooled = takeIdle(key);
    return lease(pooled == null ? new Pooled(key, source.open()) : pooled);
  }

  /**
   * Leases an idle network with these weights for prediction, or opens one. The lease ends with the
   * task at the latest.
   */
  public Lease lease(NetworkSource source, WeightsSource weights) throws IOException {
    if (source.trains()) {
      Lease lease = lease(source);
      lease.load(weights);
      return lease;
    }

    ProcessWeights.Key key = new ProcessWeights.Key(source, weights.id());
    Pooled pooled = takeIdle(key);
    return lease(pooled == null ? new Pooled(key, shared.open(key, weights)) : pooled);
  }

  private Lease lease(Pooled pooled) {
    Lease lease = new Lease(pooled);
    TaskEnd.run(lease::close);
    return lease;
  }

  /** Closes every network that isn't leased. */
  public void closeIdle() {
    List<Pooled> closing = new ArrayList<>();
    synchronized (idle) {
      idle.values().forEach(closing::addAll);
      idle.clear();
    }

    closeAll(closing.iterator());
  }

  /** A network that can't be closed doesn't keep the others open. */
  private void closeAll(Iterator<Pooled> closing) {
    if (closing.hasNext()) {
      Pooled pooled = closing.next();
      try {
        if (pooled.key.weights() == null) {
          pooled.network.close();
        } else {
          shared.close(pooled.key, pooled.network);
        }
      } finally {
        closeAll(closing);
      }
    }
  }

  /** Takes an idle network of this key. If there is none, closes all idle ones and returns null. */
  private Pooled takeIdle(ProcessWeights.Key key) {
    Pooled taken;
    synchronized (idle) {
      Deque<Pooled> waiting = idle.get(key);
      taken = waiting == null ? null : waiting.poll();
    }

    if (taken == null) {
      closeIdle();
    }

    return taken;
  }

  private void giveBack(Pooled pooled) {
    synchronized (idle) {
      idle.computeIfAbsent(pooled.key, unseen -> new ArrayDeque<>()).push(pooled);
    }
  }

  private static final class Pooled {
    private final ProcessWeights.Key key;
    private final Network network;
    private final List<FloatBuffer> buffers = new ArrayList<>();
    private String weights;
    private UUID state;

    /**
     * @param key the key, without weights if the network has its own
     */
    Pooled(ProcessWeights.Key key, Network network) {
      this.key = key;
      this.network = network;
    }
  }

  /** A network for one task attempt. It may be closed twice. */
  public final class Lease implements AutoCloseable {
    private final Pooled pooled;
    private final AtomicBoolean returned = new AtomicBoolean();
    private boolean loaded;

    private Lease(Pooled pooled) {
      this.pooled = pooled;
    }

    /**
     * The network. If it was leased with weights, it holds them and may only predict. Otherwise it
     * holds the values of its last use, so a state must be loaded first.
     */
    public Network network() {
      if (!loaded) {
        forget();
      }

      return pooled.network;
    }

    /** Loads weights into a network with weights of its own, unless it has them already. */
    private void load(WeightsSource weights) throws IOException {
      if (!weights.id().equals(pooled.weights)) {
        forget();
        boolean done = false;
        try {
          weights.load(pooled.network.layout(), pooled.network.parameters());
          done = true;
        } finally {
          if (!done) {
            close();
          }
        }

        pooled.weights = weights.id();
      }

      loaded = true;
    }

    /** Whether the network still holds all of this state. */
    public boolean holds(UUID state) {
      return state.equals(pooled.state);
    }

    /**
     * Gives the values in the network an id, until the network is asked for or weights are loaded.
     */
    public void name(UUID state) {
      pooled.state = state;
    }

    private void forget() {
      pooled.weights = null;
      pooled.state = null;
    }

    /**
     * Direct buffers that stay with the network from task to task.
     *
     * @param floats number of floats in each buffer
     */
    public List<FloatBuffer> buffers(int count, int floats) {
      pooled.buffers.removeIf(buffer -> buffer.capacity() != floats);
      while (pooled.buffers.size() < count) {
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES));
        pooled.buffers.add(bytes.order(ByteOrder.nativeOrder()).asFloatBuffer());
      }

      return List.copyOf(pooled.buffers.subList(0, count));
    }

    @Override
    public void close() {
      if (returned.compareAndSet(false, true)) {
        giveBack(pooled);
      }
    }
  }
}
