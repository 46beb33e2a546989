package convoy.data.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** SHA-256 as lower-case hexadecimal. */
public final class Sha256 {
  private Sha256() {}

  /** Creates a new digest. Every Java has this algorithm. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Hashes a text in UTF-8. */
  public static String of(String text) {
    MessageDigest digest = digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return hex(digest);
  }

  /** Hashes the content of a file. */
  public static String of(FileSystem files, Path path) throws IOException {
    MessageDigest digest = digest();
    add(digest, files, path);
    return hex(digest);
  }

  /** A stream that also hashes what is skipped. */
  public static final class Input extends DigestInputStream {
    public Input(InputStream in, MessageDigest digest) {
      super(in, digest);
    }

    @Override
    public long skip(long count) throws IOException {
      return readNBytes((int) Math.min(count, 1 << 16)).length;
    }
  }

  /** Adds the content of a file to a digest. */
  public static void add(MessageDigest digest, FileSystem files, Path path) throws IOException {
    try (InputStream in = new DigestInputStream(files.open(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
