package convoy.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.ChildJvm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Native code reads bytes from unknown sources. The process must survive all of them. */
class FuzzTest {
  private static final int FORMATS = 17;

  @Test
  void aProcessSurvivesAFewDamagedFilesOfEachFormat() throws Exception {
    survives(1700);
  }

  @Test
  @Tag("soak")
  void aProcessSurvivesTenThousandDamagedFiles() throws Exception {
    survives(10_000);
  }

  private void survives(int cases) throws IOException, InterruptedException {
    List<String> lines =
        ChildJvm.run(
                List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-Djava.awt.headless=true"),
                FuzzLoop.class,
                String.valueOf(cases))
            .survived();
    assertThat(lines).hasSize(FORMATS + 1);
    int count = 0;
    for (String line : lines.subList(0, FORMATS)) {
      System.out.println(line);
      String[] words = line.substring(line.indexOf("decoded")).split(" ", -1);
      assertThat(Integer.parseInt(words[3])).as(line).isPositive();
      count += Integer.parseInt(words[1]) + Integer.parseInt(words[3]);
    }

    assertThat(count).isEqualTo(cases);
    String memory = lines.get(FORMATS);
    assertThat(Long.parseLong(memory.split(" ", -1)[1])).as(memory).isLessThan(100_000_000);
  }
}
