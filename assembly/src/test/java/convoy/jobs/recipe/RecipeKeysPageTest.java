package convoy.jobs.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import convoy.data.transform.Transforms;
import convoy.options.Key;
import convoy.options.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The tables of keys in docs/recipes.md are what the keys declare. It stands here because a
 * strategy of another module brings keys too.
 */
class RecipeKeysPageTest {
  private static final Path PAGE = Path.of("../docs/recipes.md");
  private static final Path ACTUAL = Path.of("target/recipes.md");
  private static final String BEGIN = "<!-- recipe keys: generated -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void thePageShowsEveryKeyAsItIsDeclared() throws IOException {
    String page = Files.readString(PAGE, StandardCharsets.UTF_8);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    int to = page.indexOf(END, from);
    assertThat(page).contains(BEGIN, END);
    String renewed = page.substring(0, from) + tables() + page.substring(to);
    Files.createDirectories(ACTUAL.getParent());
    Files.writeString(ACTUAL, renewed, StandardCharsets.UTF_8);

    assertThat(page)
        .as("%s differs from the keys; to renew it: cp assembly/%s docs/recipes.md", PAGE, ACTUAL)
        .isEqualTo(renewed);
  }

  @Test
  void everyKeyOfARecipeIsExplained() {
    assertThat(Sections.all().values())
        .allSatisfy(
            keys ->
                assertThat(keys.every()).allSatisfy(key -> assertThat(key.help()).endsWith(".")));
  }

  private static String tables() {
    List<String> lines = new ArrayList<>();
    lines.add("| Key | Values | Default | What it means | May change on resume |");
    lines.add("|---|---|---|---|---|");
    Sections.all().forEach((section, keys) -> addSection(section, keys, lines));
    lines.add("");
    lines.add("### Keys of the transforms");
    lines.add("The first key of a transform may be given without its name: `randomCrop: 224`.");
    lines.add("");
    lines.add("| Key | Values | Default | What it means |");
    lines.add("|---|---|---|---|");
    Transforms.keys()
        .forEach(
            (name, keys) -> {
              for (Key<?> key : keys.common()) {
                lines.add("| " + String.join(" | ", cells(name, key)) + " |");
              }
            });
    return String.join("\n", lines) + "\n";
  }

  private static void addSection(String section, Keys keys, List<String> lines) {
    keys.common().forEach(key -> lines.add(row(section, key, "")));
    Map<Key<?>, List<String>> owners = new LinkedHashMap<>();
    keys.choices()
        .forEach(
            (choice, own) ->
                own.common()
                    .forEach(
                        key ->
                            owners
                                .computeIfAbsent(key, first -> new ArrayList<>())
                                .add("`" + choice + "`")));
    owners.forEach(
        (key, choices) ->
            lines.add(row(section, key, "With " + String.join(", ", choices) + ". ")));
  }

  private static String row(String section, Key<?> key, String with) {
    List<String> cells = new ArrayList<>(cells(section, key));
    cells.set(3, with + cells.get(3));
    cells.add(key.mayChange() ? "yes" : "no");
    return "| " + String.join(" | ", cells) + " |";
  }

  private static List<String> cells(String owner, Key<?> key) {
    return List.of(
        "`" + owner + "." + key.name() + "`",
        key.kind().takes(),
        key.required() ? "required" : key.defaultText(),
        key.help());
  }
}
