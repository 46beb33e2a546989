package convoy.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  private static final String NOW =
      """
      {"source": "folder", "files": 5, "listingSha256": "ab", "convoy": "2", "decoder": "OpenCV 5",
       "options": {"valFraction": 0.1, "shardBytes": 9, "seed": 1, "duplicates": "keep",
                   "shortSide": 0}}
      """;

  private static ObjectNode provenance() throws Exception {
    return (ObjectNode) new ObjectMapper().readTree(NOW);
  }

  @Test
  void anotherConvoyOrDecoderIsToldAndMakesNoOtherDataset() throws Exception {
    ObjectNode made = provenance().put("convoy", "1").put("decoder", "OpenCV 4");
    assertThat(Provenance.differences(provenance(), made)).isEmpty();
    assertThat(Provenance.otherTools(provenance(), made))
        .isEqualTo("convoy 1 instead of 2, decoder OpenCV 4 instead of OpenCV 5");
    assertThat(Provenance.otherTools(provenance(), provenance())).isEmpty();
  }

  @Test
  void anOptionThatTheOldManifestLacksHadNoEffect() throws Exception {
    ObjectNode made = provenance();
    ((ObjectNode) made.get("options")).remove("shortSide");
    ((ObjectNode) made.get("options")).remove("duplicates");
    assertThat(Provenance.differences(provenance(), made)).isEmpty();
    ObjectNode asked = provenance();
    ((ObjectNode) asked.get("options")).put("shortSide", 256).put("duplicates", "quarantine");
    assertThat(Provenance.differences(asked, made)).containsExactly("duplicates", "shortSide");
  }

  @Test
  void whatDecidesTheContentIsAnother() throws Exception {
    ObjectNode made = provenance().put("source", "imagenet").put("files", 6);
    made.put("listingSha256", "cd");
    ((ObjectNode) made.get("options")).put("seed", 2).put("valFraction", 0.2);
    assertThat(Provenance.differences(provenance(), made))
        .containsExactly("source", "files", "listingSha256", "seed", "valFraction");
    ObjectNode later = provenance();
    ((ObjectNode) later.get("options")).put("ofALaterConvoy", true);
    assertThat(Provenance.differences(provenance(), later)).containsExactly("ofALaterConvoy");
  }
}
