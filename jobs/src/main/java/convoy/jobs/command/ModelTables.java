package convoy.jobs.command;

import convoy.zoo.graph.Architecture;
import convoy.zoo.graph.Graph;
import convoy.zoo.graph.Shape;
import convoy.zoo.graph.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@code convoy models}, as text and as values for JSON. */
final class ModelTables {
  private ModelTables() {}

  /** Columns of the list that a narrow terminal leaves out: paper, published error, and so on. */
  private static final int[] LIST_LEFT_OUT = {7, 6, 3, 5, 1, 2};

  /**
   * Columns of the layers that a narrow terminal leaves out: activation bytes, padding and so on.
   */
  private static final int[] LAYERS_LEFT_OUT = {8, 4, 3, 2, 7, 1};

  /** One line for each network, with the paper's own options. */
  static String listText(List<Architecture> architectures, int columns) {
    TextTable table =
        new TextTable(
            "name",
            "year",
            "input",
            "trainable layers",
            "parameters",
            "multiply-adds",
            "published error",
            "paper");
    for (Architecture architecture : architectures) {
      Graph graph = architecture.graph(architecture.defaults());
      Summary summary = Summary.of(graph);
      table.row(
          architecture.name(),
          Integer.toString(architecture.year()),
          graph.input(),
          summary.trainableLayers(),
          summary.parameters(),
          summary.multiplyAdds(),
          architecture.published(),
          architecture.paper());
    }
    return table.fit(columns, LIST_LEFT_OUT);
  }

  static String layersText(
      Architecture architecture, Architecture.Options options, Graph graph, int columns) {
    TextTable table =
        new TextTable(
            "layer",
            "kind",
            "kernel",
            "stride",
            "padding",
            "output",
            "parameters",
            "multiply-adds",
            "activation bytes");
    Summary summary = Summary.of(graph);
    for (Summary.Row row : summary.layers()) {
      table.row(
          row.name(),
          row.kind(),
          orEmpty(row.kernel()),
          orEmpty(row.stride()),
          orEmpty(row.padding()),
          row.outputShape().stream().map(String::valueOf).collect(Collectors.joining(" x ")),
          row.parameters(),
          row.multiplyAdds(),
          row.activationBytes());
    }
    table.row(
        "total",
        "",
        "",
        "",
        "",
        "",
        summary.parameters(),
        summary.multiplyAdds(),
        summary.activationBytes());
    return """
        %s%s (%s)
        input %s, %s classes, %d trainable layers%s

        %s"""
        .formatted(
            architecture.name(),
            variant(options),
            architecture.paper(),
            graph.input(),
            TextTable.number(graph.classes()),
            summary.trainableLayers(),
            auxiliary(summary),
            table.fit(columns, LAYERS_LEFT_OUT));
  }

  private static String variant(Architecture.Options options) {
    return (options.small() ? ", small form" : "")
        + (options.batchNorm() ? ", batch normalization" : "");
  }

  private static String auxiliary(Summary summary) {
    long more = summary.trainingParameters() - summary.parameters();
    return more == 0
        ? ""
        : ", and in training auxiliary classifiers of " + TextTable.number(more) + " parameters";
  }

  /** The totals of a network by the names that {@code --json} prints. */
  static Map<String, Object> totals(Architecture architecture, Graph graph) {
    Summary summary = Summary.of(graph);
    Shape input = graph.input();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", architecture.name());
    values.put("paper", architecture.paper());
    values.put("year", architecture.year());
    values.put("inputShape", List.of(input.channels(), input.height(), input.width()));
    values.put("classes", graph.classes());
    values.put("trainableLayers", summary.trainableLayers());
    values.put("parameters", summary.parameters());
    values.put("trainingParameters", summary.trainingParameters());
    values.put("multiplyAdds", summary.multiplyAdds());
    values.put("published", architecture.published());
    return values;
  }

  static Map<String, Object> layers(Architecture architecture, Graph graph) {
    Map<String, Object> values = totals(architecture, graph);
    values.put("layers", Summary.of(graph).layers());
    return values;
  }

  private static Object orEmpty(Integer number) {
    return number == null ? "" : number;
  }
}
