package convoy.zoo.dl4j;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the large networks of the zoo with DL4J on small pictures. */
class ComputationGraphsIT {
  @ParameterizedTest
  @ValueSource(strings = {"alexnet", "alexnet-one-tower"})
  void probabilitiesLossGradientAndUpdatesAreTheEngines(String name) {
    Comparison.with(ComputationGraphsTest.architecture(name, 67));
  }
}
