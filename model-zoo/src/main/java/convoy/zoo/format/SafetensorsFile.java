package convoy.zoo.format;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/**
 * A safetensors file that any program may have written. Its tensors are mapped into memory, not
 * loaded.
 */
public final class SafetensorsFile implements AutoCloseable {
  private final FileChannel channel;
  private final List<Tensor> tensors;
  private final long data;

  private SafetensorsFile(FileChannel channel, List<Tensor> tensors, long data) {
    this.channel = channel;
    this.tensors = tensors;
    this.data = data;
  }

  /** A tensor in C order. Its range is counted in bytes from the end of the header. */
  public record Tensor(String name, NumberType type, List<Long> shape, long begin, long end) {
    boolean hasShape(List<Integer> other) {
      return shape.equals(other.stream().map(Integer::longValue).toList());
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws ModelFormatException when it is no safetensors file, or its length is not what the
   *     header says
   */
  public static SafetensorsFile open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      byte[] header = Safetensors.headerBytes(Channels.newInputStream(channel));
      List<Tensor> tensors = SafetensorsHeader.parse(header, EnumSet.allOf(NumberType.class));
      long data = (long) Long.BYTES + header.length;
      long length = tensors.isEmpty() ? 0 : tensors.get(tensors.size() - 1).end();
      if (channel.size() != data + length) {
        throw new ModelFormatException(
            "the file has %d bytes of tensors, but its header describes %d; fetch it again"
                .formatted(channel.size() - data, length));
      }

      return new SafetensorsFile(channel, tensors, data);
    } catch (IOException | RuntimeException problem) {
      channel.close();
      throw problem;
    }
  }

  /** Returns all tensors in the order of their bytes. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** Returns the values of a tensor in the file's order. */
  public FloatBuffer floats(Tensor tensor) throws IOException {
    return tensor
        .type()
        .floats(
            channel
                .map(
                    FileChannel.MapMode.READ_ONLY,
                    data + tensor.begin(),
                    tensor.end() - tensor.begin())
                .order(ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
