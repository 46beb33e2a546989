package convoy.benchmarks.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeRowTest {
  private static final Setting SETTING = new Setting("alexnet-one-tower", 4, 1);

  @Test
  void alexNetWithItsMomentumHas488Megabytes() {
    assertThat(SETTING.bytes() / 1_000_000).isEqualTo(488);
  }

  @Test
  void aLinkOfFourWorkersCarriesAtLeastOneAndAHalfStates() {
    assertThat(SETTING.leastBytes()).isEqualTo(1.5 * SETTING.bytes());
  }

  @Test
  void aRowHasTheMedianAndTheDriversBytesOfARound() throws JsonProcessingException {
    Rounds.Answer answer = new Rounds.Answer(List.of(9.0, 7.0, 8.0, 12.0), 4_000_000, 0, 0);
    ExchangeRow row = ExchangeRow.of(SETTING, SETTING.leastBytes() / 5, answer);
    assertThat(new ObjectMapper().writeValueAsString(row))
        .isEqualTo(
            "{\"network\":\"alexnet-one-tower\",\"workers\":4,\"gigabits\":1,\"seconds\":8.5,"
                + "\"limitSeconds\":5.0,\"ratio\":1.7,\"driverBytes\":1000000}");
  }

  @Test
  void aLinkThatIsNotShapedHasNoGigabits() throws JsonProcessingException {
    ExchangeRow row = new ExchangeRow("vgg16", 2, null, 3, 2, 1.5, 10);
    assertThat(new ObjectMapper().writeValueAsString(row)).contains("\"gigabits\":null");
  }
}
