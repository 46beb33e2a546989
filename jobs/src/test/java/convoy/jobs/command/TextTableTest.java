package convoy.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.zoo.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
  private final TextTable table =
      new TextTable("name", "number", "words").row("alexnet", 1234567, "one two three");

  @Test
  void columnsAreLeftOutInTheirOrderUntilTheRestFits() {
    assertThat(table.fit(200, 2, 1))
        .isEqualTo(table.toString())
        .isEqualTo("name        number  words\nalexnet  1,234,567  one two three\n");
    assertThat(table.fit(30, 2, 1))
        .isEqualTo("name        number\nalexnet  1,234,567\n--wide also shows: words\n");
    assertThat(table.fit(10, 2, 1)).isEqualTo("name\nalexnet\n--wide shows 2 more columns\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 200})
  void theTablesOfTheZooFit(int columns) {
    assertThat(ModelTables.listText(Zoo.architectures(), columns).lines())
        .allMatch(line -> line.length() <= columns);
    Zoo.architectures()
        .forEach(
            network -> {
              String text =
                  ModelTables.layersText(
                      network, network.defaults(), network.graph(network.defaults()), columns);
              assertThat(text.lines().skip(3)).allMatch(line -> line.length() <= columns);
            });
  }
}
