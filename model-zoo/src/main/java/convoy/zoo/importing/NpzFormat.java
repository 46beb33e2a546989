package convoy.zoo.importing;

import convoy.zoo.format.ModelFormatException;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Parameter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a zip of NumPy arrays that have Convoy's names or Caffe's. An array is only unpacked after
 * its shape was found to be a parameter's.
 */
final class NpzFormat implements WeightsFormat {
  private static final String SUFFIX = ".npy";

  @Override
  public String name() {
    return "npz";
  }

  @Override
  public WeightsFile open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException problem) {
      throw new ModelFormatException(
          "not an npz file: %s; if it was one, it is cut: fetch or write it again"
              .formatted(problem.getMessage()),
          problem);
    }

    try {
      return new Npz(zip, headers(zip));
    } catch (ZipException | EOFException problem) {
      zip.close();
      throw new ModelFormatException(
          "damaged: %s; fetch or write it again".formatted(problem.getMessage()), problem);
    } catch (IOException | RuntimeException problem) {
      zip.close();
      throw problem;
    }
  }

  private static Map<ZipEntry, NpyHeader> headers(ZipFile zip) throws IOException {
    Map<ZipEntry, NpyHeader> headers = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (!entry.getName().endsWith(SUFFIX) || !names.add(entry.getName())) {
        throw new ModelFormatException(
            "the entry %s is no array (.npy), or it occurs twice; write the file with numpy.savez"
                .formatted(entry.getName()));
      }

      try (InputStream in = zip.getInputStream(entry)) {
        NpyHeader header = NpyHeader.read(tensorName(entry), in);
        if (entry.getSize() != header.bytes() + header.dataBytes()
            || header.dataBytes() > Integer.MAX_VALUE) {
          throw new ModelFormatException(
              "tensor %s of shape %s has %d bytes, not %d; write the file again"
                  .formatted(
                      tensorName(entry),
                      header.shape(),
                      entry.getSize() - header.bytes(),
                      header.dataBytes()));
        }

        headers.put(entry, header);
      }
    }

    return headers;
  }

  private static String tensorName(ZipEntry entry) {
    String name = entry.getName();
    return name.substring(0, name.length() - SUFFIX.length());
  }

  private record Npz(ZipFile zip, Map<ZipEntry, NpyHeader> headers) implements WeightsFile {
    @Override
    public List<SourceTensor> tensors(Graph graph) {
      Set<String> own =
          graph.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
      List<SourceTensor> tensors = new ArrayList<>();
      headers.forEach(
          (entry, header) -> {
            String name = tensorName(entry);
            String parameter = own.contains(name) ? name : CaffeNames.parameter(name);
            tensors.add(
                new SourceTensor(
                    name,
                    header.shape(),
                    own.contains(parameter) ? parameter : null,
                    header.columnMajor()
                        ? TensorView.columnMajor(header.shape())
                        : TensorView.rowMajor(header.shape()),
                    () -> numbers(entry, header)));
          });
      return tensors;
    }

    private FloatBuffer numbers(ZipEntry entry, NpyHeader header) throws IOException {
      try (InputStream in = zip.getInputStream(entry)) {
        in.skipNBytes(header.bytes());
        byte[] bytes = new byte[(int) header.dataBytes()];
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() != -1) {
          throw new ModelFormatException(
              "tensor %s does not have the %d bytes that its header describes; write the file again"
                  .formatted(tensorName(entry), bytes.length));
        }

        return header.type().floats(ByteBuffer.wrap(bytes).order(header.order()));
      } catch (ZipException | EOFException problem) {
        throw new ModelFormatException(
            "tensor %s is damaged: %s; fetch or write the file again"
                .formatted(tensorName(entry), problem.getMessage()),
            problem);
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
