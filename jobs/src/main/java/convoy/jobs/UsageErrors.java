package convoy.jobs;

import convoy.jobs.base.OneLine;
import convoy.options.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Turns an error of picocli into one line with the value, a suggestion and where to read more. */
final class UsageErrors {
  /** Options of scripts/convoy and spark-submit, which belong before the command. */
  private static final Set<String> BEFORE_COMMAND =
      Set.of(
          "--master",
          "--deploy-mode",
          "--conf",
          "--driver-memory",
          "--executor-memory",
          "--executor-cores",
          "--num-executors",
          "--total-executor-cores",
          "--dry-run");

  private UsageErrors() {}

  /** Throws the most helpful error. A mistyped option, for example, is also a missing one. */
  static void raise(ParseResult parsed) throws CommandLine.ParameterException {
    List<CommandLine.ParameterException> all = new ArrayList<>();
    for (ParseResult at = parsed; at != null; at = at.subcommand()) {
      for (Exception error : at.errors()) {
        all.add((CommandLine.ParameterException) error);
      }
    }

    for (CommandLine.ParameterException error : all) {
      if (error instanceof CommandLine.UnmatchedArgumentException) {
        throw error;
      }
    }

    if (!all.isEmpty()) {
      throw all.get(0);
    }
  }

  static String line(CommandLine.ParameterException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    String name = spec.qualifiedName();
    return OneLine.of(name + ": " + message(wrong, spec) + "; see " + name + " --help");
  }

  private static String message(CommandLine.ParameterException wrong, CommandSpec spec) {
    if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      String text = wrong.getMessage().strip();
      return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    String value = unmatched.getUnmatched().get(0);
    if (value.startsWith("-")) {
      String option = value.replaceFirst("(?s)=.*", "");
      if (BEFORE_COMMAND.contains(option)) {
        return "option '%s' stands before the command: convoy %s ... %s"
            .formatted(option, option, spec.name());
      }

      return "unknown option '" + option + "'" + suggestion(option, options(spec));
    }

    if (spec.subcommands().isEmpty()) {
      return "unexpected argument '" + value + "'";
    }

    return "unknown command '"
        + value
        + "'"
        + suggestion(value, List.copyOf(spec.subcommands().keySet()));
  }

  private static List<String> options(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> List.of(option.names()).stream())
        .toList();
  }

  private static String suggestion(String value, List<String> known) {
    return Suggestions.nearest(value, known)
        .map(name -> ", did you mean '" + name + "'?")
        .orElse(", known are " + String.join(", ", known));
  }
}
