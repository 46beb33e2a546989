package convoy.jobs.simulate;

import convoy.data.image.Picture;
import convoy.data.pipeline.Pipeline;
import convoy.data.pipeline.Pipelines;
import convoy.data.pipeline.Preprocessing;
import convoy.jobs.io.ModelFolder;
import convoy.zoo.engine.Network;
import convoy.zoo.engine.ParameterLayout;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.BatchNormalization;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Layer;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.UsualAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A trained network on one picture: the maps of each stage, and the part that decides. */
public final class NetworkSimulation implements AutoCloseable {
  private static final int CELLS = 14;

  private static final Layer.Visitor<Boolean> NORMALIZES =
      new UsualAnswer<>(false) {
        @Override
        public Boolean batchNormalization(BatchNormalization layer) {
          return true;
        }
      };

  private final ModelDescription description;
  private final Graph graph;
  private final Preprocessing preprocessing;
  private final Network network;

  private NetworkSimulation(ModelFolder model) throws IOException {
    this.description = model.description();
    this.graph = model.graph().inference();
    this.preprocessing = model.preprocessing();
    this.network = model.network("auto", 1, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens a model or a run.
   *
   * @throws convoy.jobs.base.UserException with exit code 3 if there is none
   */
  public static NetworkSimulation open(Configuration configuration, String model)
      throws IOException {
    return new NetworkSimulation(ModelFolder.open(configuration, new Path(model)));
  }

  /** The names of the classes, by label. */
  public List<ModelDescription.ClassName> classes() {
    return description.classes();
  }

  /** The network's input for a picture, cut to its size and normalized. */
  public Planes input(Picture picture) {
    Pipeline pipeline = Pipelines.evaluation(preprocessing);
    float[] values = new float[pipeline.length()];
    pipeline.apply(picture, 0, FloatBuffer.wrap(values));
    return new Planes(
        graph.input().channels(), graph.input().height(), graph.input().width(), values);
  }

  /** An input as pixels again, 0 to 255, red first. */
  public Planes pixels(Planes input) {
    int area = input.height() * input.width();
    float[] pixels = new float[input.values().length];
    for (int i = 0; i < pixels.length; i++) {
      int channel = i / area;
      double mean = preprocessing.mean().get(channel);
      double std = preprocessing.std().get(channel);
      pixels[preprocessing.colour(channel) * area + i % area] =
          (float) ((input.values()[i] * std + mean) / preprocessing.scale());
    }

    return new Planes(input.channels(), input.height(), input.width(), pixels);
  }

  /** Runs the network and returns the probability of each class. */
  public List<Float> predict(Planes input) {
    FloatBuffer probabilities = direct(graph.classes());
    network.predict(direct(input.values().length).put(0, input.values()), 1, probabilities);
    List<Float> result = new ArrayList<>();
    for (int label = 0; label < graph.classes(); label++) {
      result.add(probabilities.get(label));
    }

    return result;
  }

  /**
   * The layers with maps that every path through the network passes. For an Inception module this
   * is the concatenation, and for a convolution with batch normalization it is the normalization.
   */
  public List<Graph.Node> stages() {
    List<Graph.Node> stages = new ArrayList<>();
    for (int i = 0; i < graph.nodes().size(); i++) {
      Graph.Node node = graph.nodes().get(i);
      if (node.output().height() > 1 && hasMaps(node) && isPassed(i)) {
        stages.add(node);
      }
    }

    return stages;
  }

  private boolean hasMaps(Graph.Node node) {
    boolean normalized =
        graph.nodes().stream()
            .filter(next -> next.layer().accept(NORMALIZES))
            .anyMatch(next -> next.inputs().contains(node.name()));
    Layer layer = node.layer();
    return !normalized
        && (layer.window() != null || layer.accept(NORMALIZES) || node.inputs().size() > 1);
  }

  /** Whether no node after this one reads the output of a node before it. */
  private boolean isPassed(int index) {
    List<String> before = new ArrayList<>(List.of(Graph.INPUT));
    graph.nodes().subList(0, index).forEach(node -> before.add(node.name()));
    return graph.nodes().stream()
        .skip(index + 1L)
        .noneMatch(node -> node.inputs().stream().anyMatch(before::contains));
  }

  /** A stage's maps for the last picture. */
  public Planes maps(Graph.Node stage) {
    Shape shape = stage.output();
    FloatBuffer values = direct(shape.size());
    network.activations(stage.name(), 1, values);
    return planes(shape.channels(), shape.height(), shape.width(), values);
  }

  /** The first convolution's filters, red first. */
  public List<Planes> firstFilters() {
    ParameterLayout.Tensor tensor =
        network.layout().tensors().stream()
            .filter(t -> t.shape().size() == 4)
            .findFirst()
            .orElseThrow();
    FloatBuffer values = direct(tensor.size());
    network.parameters().read(tensor.offset(), values);
    List<Integer> shape = tensor.shape();
    int size = tensor.size() / shape.get(0);
    List<Planes> filters = new ArrayList<>();
    int area = shape.get(2) * shape.get(3);
    for (int filter = 0; filter < shape.get(0); filter++) {
      float[] planes = new float[size];
      for (int channel = 0; channel < shape.get(1); channel++) {
        values.get(
            filter * size + channel * area, planes, preprocessing.colour(channel) * area, area);
      }

      filters.add(new Planes(shape.get(1), shape.get(2), shape.get(3), planes));
    }

    return filters;
  }

  /**
   * The decrease of a class's probability when a part of the picture is covered with its mean
   * colour (Zeiler and Fergus 2013, section 4.2).
   */
  public Planes occlusion(Planes input, int label) {
    float whole = predict(input).get(label);
    int cells = Math.min(CELLS, input.width());
    float[] falls = new float[cells * cells];
    for (int cell = 0; cell < falls.length; cell++) {
      falls[cell] = whole - predict(covered(input, cells, cell / cells, cell % cells)).get(label);
    }

    return new Planes(1, cells, cells, falls);
  }

  /** Covers a square of three by three cells, as a single cell hides too little. */
  private static Planes covered(Planes input, int cells, int row, int column) {
    float[] values = input.values().clone();
    for (int i = 0; i < values.length; i++) {
      int y = i / input.width() % input.height() * cells / input.height();
      int x = i % input.width() * cells / input.width();
      if (Math.abs(y - row) <= 1 && Math.abs(x - column) <= 1) {
        values[i] = 0;
      }
    }

    return new Planes(input.channels(), input.height(), input.width(), values);
  }

  private static Planes planes(int channels, int height, int width, FloatBuffer values) {
    float[] copy = new float[channels * height * width];
    values.get(0, copy);
    return new Planes(channels, height, width, copy);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  @Override
  public void close() {
    network.close();
  }
}
