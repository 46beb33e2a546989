package convoy.benchmarks.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkBytesTest {
  private static final String DEVICES =
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
          lo:     812       9    0    0    0     0          0         0      812       9    0    0    0     0       0          0
      cx71i2:4294967296    2    0    0    0     0          0         0       90       1    0    0    0     0       0          0
      """;

  @Test
  void theLinkOfAHostIsReadAndNotItsLoopback() {
    assertThat(LinkBytes.of(DEVICES)).isEqualTo(new LinkBytes("cx71i2", 4294967296L, 90));
  }

  @Test
  void theBusierDirectionCounts() {
    LinkBytes before = new LinkBytes("cx71i2", 100, 200);
    assertThat(new LinkBytes("cx71i2", 150, 260).since(before).most()).isEqualTo(60);
  }
}
