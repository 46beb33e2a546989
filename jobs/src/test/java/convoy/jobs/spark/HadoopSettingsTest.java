package convoy.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class HadoopSettingsTest {
  @Test
  void whatSparkSubmitWasGivenForHadoopIsThereBeforeASessionAndInTheTasks() throws Exception {
    System.setProperty("spark.hadoop.fs.example.key", "value");
    try {
      HadoopSettings settings = HadoopSettings.local();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(settings);
      }

      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        HadoopSettings travelled = (HadoopSettings) in.readObject();
        assertThat(settings.configuration().get("fs.example.key")).isEqualTo("value");
        assertThat(travelled.configuration().get("fs.example.key")).isEqualTo("value");
        assertThat(travelled.configuration()).hasSameElementsAs(settings.configuration());
      }
    } finally {
      System.clearProperty("spark.hadoop.fs.example.key");
    }
  }
}
