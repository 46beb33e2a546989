package convoy.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import convoy.zoo.engine.FlatVector;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class NetworkPoolTest {
  private static final FakeNetwork.Source SOURCE = new FakeNetwork.Source(10, 4, 8);
  private static final FakeNetwork.Source TRAINING = new FakeNetwork.Source(10, 4, 8, true);
  private static final FakeNetwork.Source OTHER = new FakeNetwork.Source(10, 4, 16);

  private final NetworkPool pool = new NetworkPool();

  @Test
  void theNextTaskGetsTheNetworkOfTheLastOne() {
    Network first;
    try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
      first = lease.network();
    }

    try (NetworkPool.Lease lease = pool.lease(new FakeNetwork.Source(10, 4, 8))) {
      assertThat(lease.network()).isSameAs(first);
    }
  }

  @Test
  void tasksAtTheSameTimeNeverShareANetwork() {
    try (NetworkPool.Lease one = pool.lease(SOURCE);
        NetworkPool.Lease two = pool.lease(SOURCE)) {
      assertThat(one.network()).isNotSameAs(two.network());
    }
  }

  @Test
  void aLeaseClosedTwiceGivesItsNetworkBackOnce() {
    NetworkPool.Lease lease = pool.lease(SOURCE);
    lease.close();
    lease.close();

    try (NetworkPool.Lease one = pool.lease(SOURCE);
        NetworkPool.Lease two = pool.lease(SOURCE)) {
      assertThat(one.network()).isNotSameAs(two.network());
    }
  }

  @Test
  void aTrainingNetworkKeepsItsWeightsUntilSomebodyTouchesIt() throws IOException {
    List<String> loads = new ArrayList<>();
    WeightsSource counting = weights("one", loads);
    for (int task = 0; task < 3; task++) {
      pool.lease(TRAINING, counting).close();
    }

    assertThat(loads).hasSize(1);

    try (NetworkPool.Lease lease = pool.lease(TRAINING)) {
      lease.network().initialize(7);
    }

    pool.lease(TRAINING, counting).close();
    assertThat(loads).hasSize(2);
  }

  @Test
  void networksThatOnlyPredictLoadTheirWeightsOnceForAllAndReadTheSame() throws IOException {
    List<String> loads = new ArrayList<>();
    try (NetworkPool.Lease one = pool.lease(SOURCE, weights("a", loads));
        NetworkPool.Lease two = pool.lease(SOURCE, weights("a", loads));
        NetworkPool.Lease other = pool.lease(SOURCE, weights("b", loads))) {
      assertThat(loads).containsExactly("a", "b");
      assertThat(one.network()).isNotSameAs(two.network());
      two.network().initialize(1); // A fake lets one write: who reads the same sees it.
      assertThat(sharpness(one)).isEqualTo(1);
      assertThat(sharpness(other)).isEqualTo(0);
    }

    pool.lease(SOURCE, weights("b", loads)).close();
    assertThat(loads).containsExactly("a", "b");
    pool.closeIdle();
    pool.lease(SOURCE, weights("a", loads)).close();
    assertThat(loads).containsExactly("a", "b", "a");
  }

  @Test
  void tasksThatStartAtTheSameTimeLoadTheWeightsOnce() throws Exception {
    List<String> loads = Collections.synchronizedList(new ArrayList<>());
    ExecutorService tasks = Executors.newFixedThreadPool(8);
    try {
      CyclicBarrier together = new CyclicBarrier(8);
      List<Future<Network>> networks = new ArrayList<>();
      for (int task = 0; task < 8; task++) {
        networks.add(
            tasks.submit(
                () -> {
                  together.await();
                  return pool.lease(SOURCE, weights("a", loads)).network();
                }));
      }

      Set<Network> distinct = new HashSet<>();
      for (Future<Network> network : networks) {
        distinct.add(network.get());
      }

      assertThat(distinct).hasSize(8);
      assertThat(loads).containsExactly("a");
    } finally {
      tasks.shutdown();
    }
  }

  @Test
  void weightsThatCannotBeLoadedAreClosedAndTheNextTaskTriesAgain() throws IOException {
    List<FlatVector> unfinished = new ArrayList<>();
    WeightsSource broken =
        new WeightsSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public String id() {
            return "a";
          }

          @Override
          public void load(ParameterLayout layout, FlatVector into) throws IOException {
            unfinished.add(into);
            throw new IOException("no such file");
          }
        };

    assertThatThrownBy(() -> pool.lease(SOURCE, broken)).hasMessage("no such file");
    assertThat(unfinished).hasSize(1);
    List<String> loads = new ArrayList<>();
    pool.lease(SOURCE, weights("a", loads)).close();
    assertThat(loads).containsExactly("a");
  }

  @Test
  void aNamedStateIsHeldUntilSomebodyTouchesTheNetwork() throws IOException {
    UUID state = UUID.randomUUID();
    List<String> loads = new ArrayList<>();
    try (NetworkPool.Lease lease = pool.lease(TRAINING)) {
      assertThat(lease.holds(state)).isFalse();
      lease.network();
      lease.name(state);
    }

    try (NetworkPool.Lease lease = pool.lease(TRAINING)) {
      assertThat(lease.holds(UUID.randomUUID())).isFalse();
      assertThat(lease.holds(state)).isTrue();
      lease.network();
      assertThat(lease.holds(state)).isFalse();
      lease.name(state);
      // Weights for prediction are parameters alone, even of the very state.
    }

    try (NetworkPool.Lease lease = pool.lease(TRAINING, weights(state.toString(), loads))) {
      assertThat(lease.holds(state)).isFalse();
    }
  }

  private static float sharpness(NetworkPool.Lease lease) {
    float[] value = new float[1];
    lease.network().parameters().read(0, FloatBuffer.wrap(value));
    return value[0];
  }

  private static WeightsSource weights(String id, List<String> loads) {
    return new WeightsSource() {
      private static final long serialVersionUID = 1L;

      @Override
      public String id() {
        return id;
      }

      @Override
      public void load(ParameterLayout layout, FlatVector into) {
        loads.add(id);
      }
    };
  }

  @Test
  void aNetworkThatCannotBeClosedLeavesNoOtherOpen() {
    List<NetworkPool.Lease> leases = List.of(pool.lease(SOURCE), pool.lease(SOURCE));
    List<FakeNetwork> networks =
        leases.stream().map(lease -> (FakeNetwork) lease.network()).toList();
    networks.forEach(FakeNetwork::failToClose);
    leases.forEach(NetworkPool.Lease::close);

    assertThatThrownBy(pool::closeIdle).hasMessage("can't be closed");
    assertThat(networks).allMatch(FakeNetwork::isClosed);
  }

  @Test
  void anotherSourceClosesWhatLiesIdleButNothingInUse() {
    NetworkPool.Lease used = pool.lease(SOURCE);
    FakeNetwork inUse = (FakeNetwork) used.network();
    NetworkPool.Lease unused = pool.lease(SOURCE);
    FakeNetwork idle = (FakeNetwork) unused.network();
    unused.close();

    try (NetworkPool.Lease other = pool.lease(OTHER)) {
      assertThat(other.network()).isNotNull();
      assertThat(idle.isClosed()).isTrue();
      assertThat(inUse.isClosed()).isFalse();
    }

    used.close();
  }
}
