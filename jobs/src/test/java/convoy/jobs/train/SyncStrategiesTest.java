package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SyncStrategiesTest {
  @Test
  void rulesNeedNoOtherModule() {
    ClassLoader nothing = new ClassLoader(null) {};
    assertThat(SyncStrategies.keys(nothing)).containsOnlyKeys("averaging", "slowmo");
    assertThat(SyncStrategies.names()).startsWith("averaging").doesNotHaveDuplicates();
  }

  @Test
  void anUnknownStrategyIsOneLineWithTheKnownOnes() {
    assertThatThrownBy(() -> SyncStrategies.strategy("avering"))
        .hasMessageContaining("unknown sync.strategy 'avering'; known: averaging")
        .message()
        .hasLineCount(1);
  }
}
