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
 * try (NetworkPool.Lease lease = NetworkPool.ofThisProcess().lease(source)) {
 *   Network network = lease.loaded(weights); // or lease.network() and load by yourself
 *   ...
 * }
 * }</pre>
 *
 * <p>A task that fails or is killed gives its network back too: Spark runs the completion listener
 * in the task's own thread, after the task has let go of it. Idle networks of other sources are
 * closed before a new one is opened: training and evaluating in turn stay on one network if the
 * evaluation leases training's source.
 */
public final class NetworkPool {
  private static final NetworkPool OF_THIS_PROCESS = new NetworkPool();

  private final Map<NetworkSource, Deque<Pooled>> idle = new HashMap<>();

  /** A pool of its own, for tests. */
  NetworkPool() {}

  public static NetworkPool ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** Takes an idle network of this source or opens one; in a task it lasts at most as long. */
  public Lease lease(NetworkSource source) {
    Pooled pooled = takeIdle(source);
    if (pooled == null) {
      closeIdle();
      pooled = new Pooled(source, source.open());
    }

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

    closing.forEach(pooled -> pooled.network.close());
  }

  private Pooled takeIdle(NetworkSource source) {
    synchronized (idle) {
      Deque<Pooled> waiting = idle.get(source);
      return waiting == null ? null : waiting.poll();
    }
  }

  private void giveBack(Pooled pooled) {
    synchronized (idle) {
      idle.computeIfAbsent(pooled.source, unseen -> new ArrayDeque<>()).push(pooled);
    }
  }

  private static final class Pooled {
    private final NetworkSource source;
    private final Network network;
    private final List<FloatBuffer> buffers = new ArrayList<>();
    private String weights;
    private UUID state;

    Pooled(NetworkSource source, Network network) {
      this.source = source;
      this.network = network;
    }
  }

  /** One network for one task attempt. Closing it twice is harmless. */
  public final class Lease implements AutoCloseable {
    private final Pooled pooled;
    private final AtomicBoolean returned = new AtomicBoolean();

    private Lease(Pooled pooled) {
      this.pooled = pooled;
    }

    /** The network with whatever it holds: load the state before any use of it. */
    public Network network() {
      forget();
      return pooled.network;
    }

    /** The network with these weights, for prediction; loads them unless it has them already. */
    public Network loaded(WeightsSource weights) throws IOException {
      if (!weights.id().equals(pooled.weights)) {
        forget();
        weights.load(pooled.network);
        pooled.weights = weights.id();
      }

      return pooled.network;
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
