package convoy.zoo.dl4j;

import convoy.zoo.engine.EngineException;
import convoy.zoo.graph.Graph;
import convoy.zoo.natives.EnvironmentCheck;
import convoy.zoo.natives.Nd4jRuntime;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Minibatches for DL4J's own training, and the preparation that its threads need. */
public final class Dl4jDataSets {
  private Dl4jDataSets() {}

  /**
   * Prepares the calling thread for training.
   *
   * @param threads native threads of what the thread starts next
   * @throws EngineException when this process would compute wrong results or crash
   */
  public static void prepareThread(int threads) {
    EnvironmentCheck.beforeNetwork(threads);
    Nd4jRuntime.useThreads(threads);
    // DL4J leaves its networks to the garbage collector. The collector sees a small heap and does
    // not run, while 61 million parameters take a gigabyte of native memory in each round.
    Nd4j.getMemoryManager().invokeGc();
  }

  /**
   * Sets the seed of ND4J's random numbers, from which dropout draws. Each thread has a generator
   * of its own.
   */
  public static void seedThread(long seed) {
    Nd4j.getRandom().setSeed(seed);
  }

  /**
   * Copies a minibatch.
   *
   * @param images NCHW, {@code size} pictures starting at position 0
   * @param labels class indices
   */
  public static DataSet of(Graph graph, FloatBuffer images, int[] labels, int size) {
    INDArray pictures =
        Nd4j.createUninitialized(
            DataType.FLOAT,
            size,
            graph.input().channels(),
            graph.input().height(),
            graph.input().width());
    pictures.data().asNioFloat().put(0, images, 0, size * graph.input().size());
    INDArray classes = Nd4j.zeros(DataType.FLOAT, size, graph.classes());
    for (int i = 0; i < size; i++) {
      classes.putScalar(i, labels[i], 1);
    }

    return new DataSet(pictures, classes);
  }
}
