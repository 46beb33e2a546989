package convoy.zoo.format;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** A safetensors file of any origin; its tensors are mapped, not loaded. */
public final class SafetensorsFile implements AutoCloseable {
  private final FileChannel channel;
  private final List<Tensor> tensors;
  private final long data;

  private SafetensorsFile(FileChannel channel, List<Tensor> tensors, long data) {
    this.channel = channel;
    this.tensors = tensors;
    this.data = data;
  }

  /** A tensor in C order; the range is in bytes behind the header. */
  public record Tensor(String name, NumberType type, List<Long> shape, long begin, long end) {
    boolean hasShape(List<Integer> other) {
      return shape.equals(other.stream().map(Integer::longValue).toList());
    }
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws ModelFormatException when it is no such file, or one with more or fewer bytes than its
   *     header tells of
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
            "%d bytes of tensors where the header tells of %d"
                .formatted(channel.size() - data, length));
      }

      return new SafetensorsFile(channel, tensors, data);
    } catch (IOException | RuntimeException problem) {
      channel.close();
      throw problem;
    }
  }

  /** All, in the order of their bytes. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** The numbers of a tensor in its order. */
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
