package convoy.zoo.dl4j;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The big networks of the zoo, small pictures. */
class ComputationGraphsIT {
  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "alexnet-one-tower"})
  void probabilitiesLossGradientAndUpdatesAreTheEngines(String name) {
    Comparison.with(ComputationGraphsTest.architecture(name, 67));
  }
}
