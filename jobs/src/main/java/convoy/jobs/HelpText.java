package convoy.jobs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of a command. picocli breaks lines after each dot, slash and hyphen, and would cut names
 * such as metrics.jsonl. While it breaks lines, a letter of an alphabet that no help uses stands in
 * place of each.
 */
final class HelpText {
  /** picocli accepts no less. */
  private static final int LEAST = 55;

  /** A narrower help has the descriptions below the options, as names would not fit beside them. */
  private static final int BESIDE = 72;

  private static final int INDENT = 10;
  private static final String MARKS = "./:=-";

  /** Such as numbers of a kernel: whoever copies an example finds it in one line. */
  private static final Pattern QUOTED = Pattern.compile("(?<!\\w)'[^']*'(?!\\w)");

  private static final char FIXED_SPACE = '\u00a0';
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
    String text = command.getUsageMessage(Help.Ansi.OFF).replace(FIXED_SPACE, ' ');
    for (int i = 0; i < MARKS.length(); i++) {
      text = text.replace((char) (FIRST_LETTER + i), MARKS.charAt(i));
    }

    return text;
  }

  /** Replaces each mark inside a word. One at the end of a word may end a line. */
  private static String hidden(String text) {
    String fixed =
        QUOTED.matcher(text).replaceAll(quoted -> quoted.group().replace(' ', FIXED_SPACE));
    StringBuilder hidden = new StringBuilder(fixed);
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

    /** picocli repeats an option that takes several values: --in=PATH... [--in=PATH...]... */
    @Override
    protected Ansi.Text createDetailedSynopsisOptionsText(
        Collection<ArgSpec> done, Comparator<OptionSpec> order, boolean clusters) {
      String text = super.createDetailedSynopsisOptionsText(done, order, clusters).plainString();
      return Ansi.OFF.text(text.replaceAll("(--\\S+\\.{3}) \\[\\1]\\.{3}", "$1"));
    }

    @Override
    public Layout createDefaultLayout(
        List<OptionSpec> options, List<PositionalParamSpec> parameters, ColorScheme colours) {
      int width = commandSpec().usageMessage().width();
      if (width >= BESIDE) {
        return super.createDefaultLayout(options, parameters, colours);
      }

      TextTable table =
          TextTable.forColumns(
              colours,
              new Column(INDENT, 0, Column.Overflow.SPAN),
              new Column(width - INDENT, 0, Column.Overflow.WRAP));
      IOptionRenderer option = createDefaultOptionRenderer();
      IParameterRenderer parameter = createDefaultParameterRenderer();
      return new Layout(
          colours,
          table,
          (spec, label, scheme) -> below(option.render(spec, label, scheme)),
          (spec, label, scheme) -> below(parameter.render(spec, label, scheme)));
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

    /** The names of each row, whose last cell is a description, in a row of their own. */
    private static Ansi.Text[][] below(Ansi.Text[][] rows) {
      List<Ansi.Text[]> below = new ArrayList<>();
      Ansi.Text none = Ansi.OFF.text("");
      for (Ansi.Text[] row : rows) {
        String names =
            Arrays.stream(row)
                .limit(row.length - 1)
                .map(Ansi.Text::plainString)
                .collect(Collectors.joining())
                .strip();
        if (!names.isEmpty()) {
          String spaced = names.replaceFirst("^(..),", "$1, ");
          below.add(new Ansi.Text[] {Ansi.OFF.text("  " + spaced)});
        }

        below.add(new Ansi.Text[] {none, row[row.length - 1]});
      }

      return below.toArray(Ansi.Text[][]::new);
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
