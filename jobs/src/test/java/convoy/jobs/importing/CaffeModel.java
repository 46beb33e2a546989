package convoy.jobs.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the blobs of a .caffemodel (protobuf, caffe.proto's NetParameter) into an npz file, as a
 * few lines of pycaffe do: LAYER_0 is a layer's weight, LAYER_1 its bias.
 */
final class CaffeModel {
  private static final int LAYER = 100;
  private static final int NAME = 1;
  private static final int BLOBS = 7;
  private static final int DATA = 5;
  private static final int SHAPE = 7;

  private CaffeModel() {}

  static void toNpz(Path caffemodel, Path npz) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(npz))) {
      fields(
          ByteBuffer.wrap(Files.readAllBytes(caffemodel)),
          (field, layer) -> {
            if (field == LAYER) {
              blobs(layer, zip);
            }
          });
    }
  }

  private static void blobs(ByteBuffer layer, ZipOutputStream zip) {
    List<ByteBuffer> blobs = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    fields(
        layer,
        (field, value) -> {
          if (field == NAME) {
            name.append(StandardCharsets.UTF_8.decode(value));
          } else if (field == BLOBS) {
            blobs.add(value);
          }
        });
    for (int i = 0; i < blobs.size(); i++) {
      try {
        zip.putNextEntry(new ZipEntry(name + "_" + i + ".npy"));
        zip.write(npy(blobs.get(i)));
      } catch (IOException problem) {
        throw new UncheckedIOException(problem);
      }
    }
  }

  private static byte[] npy(ByteBuffer blob) {
    StringBuilder shape = new StringBuilder();
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    fields(
        blob,
        (field, value) -> {
          if (field == SHAPE) {
            fields(
                value,
                (inner, sides) -> {
                  while (sides.hasRemaining()) {
                    shape.append(number(sides)).append(',');
                  }
                });
          } else if (field == DATA) {
            data.write(value.array(), value.arrayOffset() + value.position(), value.remaining());
          }
        });
    byte[] header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }\n"
            .formatted(shape)
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(10 + header.length + data.size())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) header.length)
        .put(header)
        .put(data.toByteArray())
        .array();
  }

  /** Passes on the fields of a message that have a length; numbers are skipped. */
  private static void fields(ByteBuffer message, BiConsumer<Integer, ByteBuffer> field) {
    ByteBuffer rest = message.slice();
    while (rest.hasRemaining()) {
      int key = (int) number(rest);
      switch (key & 7) {
        case 0 -> number(rest);
        case 1 -> rest.position(rest.position() + Long.BYTES);
        case 2 -> {
          int length = (int) number(rest);
          field.accept(key >>> 3, rest.slice(rest.position(), length));
          rest.position(rest.position() + length);
        }
        case 5 -> rest.position(rest.position() + Integer.BYTES);
        default -> throw new AssertionError("no protobuf message");
      }
    }
  }

  private static long number(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
