package convoy.jobs.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A block of commands in docs/ that is marked as run, with the output that the page shows.
 *
 * @param page with the line of the block, such as docs/data.md:12
 * @param commands the block's lines, of which all but the last print nothing that the page shows
 * @param output the block that follows; null if text follows
 */
record RunBlock(String page, List<String> commands, List<String> output) {
  /** Stands alone on the line before the block; a reader of the page doesn't see it. */
  private static final String MARK = "<!-- run -->";

  private static final String FENCE = "```";

  /** Reads the blocks of all pages in a folder, in the order of the pages' names. */
  static List<RunBlock> in(Path docs) throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.list(docs)) {
      pages = files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }

    List<RunBlock> blocks = new ArrayList<>();
    for (Path page : pages) {
      List<String> lines = Files.readAllLines(page);
      for (int at = 0; at < lines.size(); at++) {
        if (lines.get(at).equals(MARK)) {
          blocks.add(block("docs/" + page.getFileName() + ":" + (at + 1), lines, at + 1));
        }
      }
    }

    return blocks;
  }

  private static RunBlock block(String page, List<String> lines, int start) {
    List<String> commands = fenced(page, lines, start);
    int after = start + commands.size() + 2;
    boolean shown = after < lines.size() && lines.get(after).equals(FENCE);
    return new RunBlock(
        page,
        List.of(String.join("\n", commands).replaceAll("\\\\\n *", "").split("\n", -1)),
        shown ? fenced(page, lines, after) : null);
  }

  private static List<String> fenced(String page, List<String> lines, int start) {
    int end = start + 1;
    while (end < lines.size() && !lines.get(end).equals(FENCE)) {
      end++;
    }

    if (start >= lines.size() || !lines.get(start).equals(FENCE) || end == lines.size()) {
      throw new IllegalStateException(page + ": a block that begins and ends with " + FENCE);
    }

    return lines.subList(start + 1, end);
  }

  /** Returns the arguments of a command after {@code scripts/convoy}. */
  static List<String> arguments(String command) {
    List<String> words = List.of(command.split(" +", -1));
    if (!words.get(0).equals("scripts/convoy") || command.contains("'")) {
      throw new IllegalStateException(command + ": only scripts/convoy without quotes is run");
    }

    return words.subList(1, words.size());
  }

  @Override
  public String toString() {
    return page;
  }
}
