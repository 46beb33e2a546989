package convoy.zoo.networks;

import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.GraphBuilder;
import convoy.zoo.graph.Shape;
import java.util.function.Consumer;

/** What a paper states about its network in addition to the layers. */
abstract class PaperNetwork implements Architecture {
  private final String name;
  private final String paper;
  private final int year;
  private final String published;
  private final Shape input;
  private final int classes;

  PaperNetwork(String name, String paper, int year, String published, Shape input, int classes) {
    this.name = name;
    this.paper = paper;
    this.year = year;
    this.published = published;
    this.input = input;
    this.classes = classes;
  }

  /** Builds the network from these layers, with batch normalization if the options ask for it. */
  final Graph build(Options options, Consumer<GraphBuilder> layers) {
    return GraphBuilder.build(
        name,
        options.input(),
        options.classes(),
        net -> layers.accept(net.batchNormalized(options.batchNorm())));
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String paper() {
    return paper;
  }

  @Override
  public final int year() {
    return year;
  }

  @Override
  public final String published() {
    return published;
  }

  @Override
  public final int defaultInputSize() {
    return input.width();
  }

  @Override
  public final int defaultInputChannels() {
    return input.channels();
  }

  @Override
  public final int defaultClasses() {
    return classes;
  }

  @Override
  public final String toString() {
    return name;
  }
}
