package convoy.jobs;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The help of a command. picocli breaks lines after each dot, slash and hyphen, and would cut names
 * such as metrics.jsonl. While it breaks lines, a letter of an alphabet that no help uses stands in
 * place of each.
 */
final class HelpText {
  /** picocli accepts no less. */
  private static final int LEAST = 55;

  private static final String MARKS = "./:=-";
  private static final char FIRST_LETTER = 'а'; // Cyrillic.

  private HelpText() {}

  /** The help with lines of at most {@code columns} characters. */
  static String of(CommandLine command, int columns) {
    CommandSpec spec = command.getCommandSpec();
    spec.usageMessage().width(Math.max(LEAST, columns)).sortSynopsis(false);
    spec.usageMessage()
        .description(
            Arrays.stream(spec.usageMessage().description())
                .map(HelpText::hidden)
                .toArray(String[]::new));
    command.setHelpFactory(WholeNames::new);
    String text = command.getUsageMessage(Help.Ansi.OFF);
    for (int i = 0; i < MARKS.length(); i++) {
      text = text.replace((char) (FIRST_LETTER + i), MARKS.charAt(i));
    }

    return text;
  }

  /** Replaces each mark inside a word. One at the end of a word may end a line. */
  private static String hidden(String text) {
    StringBuilder hidden = new StringBuilder(text);
    for (int at = 0; at < text.length() - 1; at++) {
      int mark = MARKS.indexOf(text.charAt(at));
      if (mark >= 0 && !Character.isWhitespace(text.charAt(at + 1))) {
        hidden.setCharAt(at, (char) (FIRST_LETTER + mark));
      }
    }

    return hidden.toString();
  }

  private static final class WholeNames extends Help {
    private WholeNames(CommandSpec spec, ColorScheme colours) {
      super(spec, colours);
    }

    @Override
    public IOptionRenderer createDefaultOptionRenderer() {
      IOptionRenderer usual = super.createDefaultOptionRenderer();
      return (option, label, colours) -> hidden(usual.render(option, label, colours));
    }

    @Override
    public IParameterRenderer createDefaultParameterRenderer() {
      IParameterRenderer usual = super.createDefaultParameterRenderer();
      return (parameter, label, colours) -> hidden(usual.render(parameter, label, colours));
    }

    private static Ansi.Text[][] hidden(Ansi.Text[][] rows) {
      return Arrays.stream(rows)
          .map(
              row ->
                  Arrays.stream(row)
                      .map(cell -> Ansi.OFF.text(HelpText.hidden(cell.plainString())))
                      .toArray(Ansi.Text[]::new))
          .toArray(Ansi.Text[][]::new);
    }
  }
}
