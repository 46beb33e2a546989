package convoy.zoo.plan.layers;

import convoy.zoo.plan.memory.OneDnn;
import convoy.zoo.plan.memory.Operand;
import convoy.zoo.plan.memory.Parameters;
import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.dnnl.memory;

/**
 * The weights of a convolution with a connection table. Only the connected planes are stored. The
 * computation uses a full kernel whose other planes are zero.
 */
public final class ConnectedKernels implements Kernels {
  private final String name;
  private final Parameters parameters;
  private final List<List<Integer>> connections;
  private final int inputChannels;
  private final int kernel;

  public ConnectedKernels(
      String name,
      Parameters parameters,
      List<List<Integer>> connections,
      int inputChannels,
      int kernel) {
    this.name = name;
    this.parameters = parameters;
    this.connections = connections;
    this.inputChannels = inputChannels;
    this.kernel = kernel;
  }

  @Override
  public memory.desc layout() {
    return null;
  }

  @Override
  public Operand values(Assembly assembly, memory.desc wanted, memory.desc home) {
    int planes = connections.stream().mapToInt(List::size).sum();
    Parameters.Stored stored =
        parameters.tensor(name, OneDnn.plain(planes, 1, kernel, kernel), planes, 1, kernel, kernel);
    Operand full = assembly.operand(full());
    assembly.loop(name + " planes", pass -> spread(stored.values().floats(), full.floats()), full);
    return assembly.reordered(name, full, wanted);
  }

  @Override
  public memory.desc gradientLayout() {
    return full();
  }

  @Override
  public Operand gradient(Assembly assembly, memory.desc layout) {
    return assembly.operand(layout);
  }

  @Override
  public void gradientWritten(Assembly assembly, Operand gradient) {
    Parameters.Stored stored = parameters.known(name);
    Operand full = assembly.reordered(name + " gradient", gradient, full());
    assembly.loop(
        name + " planes gradient", pass -> gather(full.floats(), stored.gradient().floats()), full);
  }

  private memory.desc full() {
    return OneDnn.plain(connections.size(), inputChannels, kernel, kernel);
  }

  private void spread(FloatBuffer planes, FloatBuffer full) {
    full.put(0, new float[full.capacity()]);
    int area = kernel * kernel;
    int plane = 0;
    for (int output = 0; output < connections.size(); output++) {
      for (int input : connections.get(output)) {
        full.put((output * inputChannels + input) * area, planes, plane++ * area, area);
      }
    }
  }

  private void gather(FloatBuffer full, FloatBuffer planes) {
    int area = kernel * kernel;
    int plane = 0;
    for (int output = 0; output < connections.size(); output++) {
      for (int input : connections.get(output)) {
        planes.put(plane++ * area, full, (output * inputChannels + input) * area, area);
      }
    }
  }
}
