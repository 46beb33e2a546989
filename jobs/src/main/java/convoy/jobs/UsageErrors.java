package convoy.jobs;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Turns picocli's complaints into one line: the value, a suggestion and where to read more. */
final class UsageErrors {
  private UsageErrors() {}

  static String line(CommandLine.ParameterException wrong) {
    CommandSpec spec = wrong.getCommandLine().getCommandSpec();
    String name = spec.qualifiedName();
    return name + ": " + message(wrong, spec) + "; see " + name + " --help";
  }

  private static String message(CommandLine.ParameterException wrong, CommandSpec spec) {
    if (!(wrong instanceof CommandLine.UnmatchedArgumentException unmatched)) {
      String text = wrong.getMessage().lines().findFirst().orElse("wrong usage").strip();
      return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    String value = unmatched.getUnmatched().get(0);
    if (value.startsWith("-")) {
      String option = value.replaceFirst("=.*", "");
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
