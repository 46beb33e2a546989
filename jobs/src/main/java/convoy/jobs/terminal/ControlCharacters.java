package convoy.jobs.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Shows the control characters of UTF-8 text as {@code \x1b} and the like, except tabs and line
 * breaks. File names may hold them, and a terminal would obey.
 */
final class ControlCharacters extends FilterOutputStream {
  /** The first byte of U+0080 to U+00BF; the control characters among them end at U+009F. */
  private static final int C1_LEAD = 0xC2;

  private boolean afterLead;

  ControlCharacters(OutputStream target) {
    super(target);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int length) throws IOException {
    int kept = start;
    for (int i = start; i < start + length; i++) {
      int value = bytes[i] & 0xFF;
      if (afterLead) {
        afterLead = false;
        if (value >= 0x80 && value <= 0x9F) {
          escape(value);
          kept = i + 1;
        } else {
          out.write(C1_LEAD);
        }
      } else if (value == C1_LEAD || isControl(value)) {
        out.write(bytes, kept, i - kept);
        kept = i + 1;
        afterLead = value == C1_LEAD;
        if (!afterLead) {
          escape(value);
        }
      }
    }

    out.write(bytes, kept, start + length - kept);
    out.flush();
  }

  private static boolean isControl(int value) {
    return (value < 0x20 && value != '\n' && value != '\t') || value == 0x7F;
  }

  private void escape(int value) throws IOException {
    out.write("\\x%02x".formatted(value).getBytes(StandardCharsets.US_ASCII));
  }
}
