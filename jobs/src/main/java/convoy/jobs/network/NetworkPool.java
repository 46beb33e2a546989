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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The networks of this process, kept open between tasks. A task leases one, works, and gives it
 * back; the next task of an equal {@link NetworkSource} gets the same one. So there are as many
 * networks as tasks run at a time, never one a task or a thread.
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
 * <p>Networks that only predict share the weights: tasks that run at a time read one copy. A
 * network that trains has its own, also while it is leased for prediction.
 *
 * <p>A task that fails or is killed gives its network back too: Spark runs the completion listener
 * in the task's own thread, after the task has let go of it. Idle networks of other sources or
 * weights are closed before a new one is opened: training and evaluating in turn stay on one
 * network if the evaluation leases training's source.
 */
public final class NetworkPool {
  private static final NetworkPool OF_THIS_PROCESS = new NetworkPool();

  private final Map<ProcessWeights.Key, Deque<Pooled>> idle = new HashMap<>();
  private final ProcessWeights shared = new ProcessWeights();

  /** A pool of its own, for tests. */
  NetworkPool() {}

  public static NetworkPool ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /**
   * Takes an idle network of this source with weights of its own, or opens one; in a task it lasts
   * at most as long as the task.
   */
  public Lease lease(NetworkSource source) {
    ProcessWeights.Key key = new ProcessWeights.Key(source, null);
    Pooled pooled = takeIdle(key);
    return lease(pooled == null ? new Pooled(key, source.open()) : pooled);
  }

  /**
   * Takes an idle network with these weights, or opens one, to predict with it; in a task it lasts
   * at most as long as the task.
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

  /** Closes every network that nobody leases. */
  public void closeIdle() {
    List<Pooled> closing = new ArrayList<>();
    synchronized (idle) {
      idle.values().forEach(closing::addAll);
      idle.clear();
    }

    for (Pooled pooled : closing) {
      if (pooled.key.weights() == null) {
        pooled.network.close();
      } else {
        shared.close(pooled.key, pooled.network);
      }
    }
  }

  /** An idle network, or null: then all idle ones, which are others, are closed. */
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
     * @param key without weights where the network has its own
     */
    Pooled(ProcessWeights.Key key, Network network) {
      this.key = key;
      this.network = network;
    }
  }

  /** One network for one task attempt. Closing it twice is harmless. */
  public final class Lease implements AutoCloseable {
    private final Pooled pooled;
    private final AtomicBoolean returned = new AtomicBoolean();
    private boolean loaded;

    private Lease(Pooled pooled) {
      this.pooled = pooled;
    }

    /**
     * The network. Leased with weights, it holds them and is there to predict; else it holds
     * whatever it held: load the state before any use of it.
     */
    public Network network() {
      if (!loaded) {
        forget();
      }

      return pooled.network;
    }

    /** Loads weights into a network that has its own, unless it has them already. */
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

    /** Names all that the network holds, until somebody asks for it or loads weights into it. */
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
     * @param floats of each
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
