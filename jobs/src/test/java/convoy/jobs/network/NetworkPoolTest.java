package convoy.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.engine.Network;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NetworkPoolTest {
  private static final FakeNetwork.Source SOURCE = new FakeNetwork.Source(10, 4, 8);
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
  void weightsAreLoadedOnceUntilSomebodyTouchesTheNetwork() throws IOException {
    List<String> loads = new ArrayList<>();
    WeightsSource counting =
        new WeightsSource() {
          private static final long serialVersionUID = 1L;

          @Override
          public String id() {
            return "one";
          }

          @Override
          public void load(Network network) {
            loads.add(id());
          }
        };

    for (int task = 0; task < 3; task++) {
      try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
        lease.loaded(counting);
      }
    }

    assertThat(loads).hasSize(1);

    try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
      lease.network().initialize(7);
    }

    try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
      lease.loaded(counting);
    }

    assertThat(loads).hasSize(2);
  }

  @Test
  void aNamedStateIsHeldUntilSomebodyTouchesTheNetwork() throws IOException {
    UUID state = UUID.randomUUID();
    try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
      assertThat(lease.holds(state)).isFalse();
      lease.network();
      lease.name(state);
    }

    try (NetworkPool.Lease lease = pool.lease(SOURCE)) {
      assertThat(lease.holds(UUID.randomUUID())).isFalse();
      assertThat(lease.holds(state)).isTrue();
      lease.network();
      assertThat(lease.holds(state)).isFalse();
      lease.name(state);
      // Weights for prediction are parameters alone, even of the very state.
      lease.loaded(weights(state.toString()));
      assertThat(lease.holds(state)).isFalse();
    }
  }

  private static WeightsSource weights(String id) {
    return new WeightsSource() {
      private static final long serialVersionUID = 1L;

      @Override
      public String id() {
        return id;
      }

      @Override
      public void load(Network network) {}
    };
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
