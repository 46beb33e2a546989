package convoy.jobs.command;

import convoy.jobs.base.ExitCode;
import convoy.jobs.predict.Ranking;
import convoy.jobs.simulate.Drawing;
import convoy.jobs.simulate.NetworkSimulation;
import convoy.jobs.simulate.Planes;
import convoy.jobs.spark.HadoopSettings;
import convoy.zoo.format.ModelDescription;
import convoy.zoo.graph.Graph;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy simulate network} shows a trained network at work on one picture. */
@Command(
    name = "network",
    sortOptions = false,
    description =
        "Look into a trained network: its first filters, the maps after each stage, the five most"
            + " likely classes, and the part of the picture that decides.")
public final class SimulateNetworkCommand implements Callable<ExitCode> {
  private static final int TOP = 5;
  private static final int MOST_MAPS = 64;
  private static final int FILTER_SCALE = 8;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Folder of a model, or of the run of convoy train that made it.")
  @InputPath(folder = true)
  private String model;

  @Mixin private SimulationFiles files;

  @Override
  public ExitCode call() throws IOException {
    try (NetworkSimulation network =
        NetworkSimulation.open(HadoopSettings.local().configuration(), model)) {
      Planes input = network.input(files.picture());
      List<Float> probabilities = network.predict(input);
      int best = print(network.classes(), probabilities);
      Planes pixels = network.pixels(input);
      files.write("input.png", Drawing.pixels(pixels), "what the network sees, " + input);
      files.write(
          "filters.png",
          Drawing.tiles(shown(network.firstFilters()), FILTER_SCALE),
          "weights of its first layer");
      int number = 0;
      for (Graph.Node stage : network.stages()) {
        Planes maps = network.maps(stage);
        files.write(
            "maps-%02d-%s.png".formatted(++number, stage.name()),
            Drawing.tiles(maps.split().subList(0, Math.min(MOST_MAPS, maps.channels())), 1),
            "%s, %s%s"
                .formatted(
                    stage.layer().kind(),
                    maps,
                    maps.channels() > MOST_MAPS ? ", the first " + MOST_MAPS : ""));
      }

      Planes occlusion = network.occlusion(input, best);
      files.write(
          "attention.png",
          Drawing.heat(pixels, occlusion),
          String.format(
              Locale.ROOT,
              "where covering the picture lowers %s, by up to %.4f",
              network.classes().get(best).shown(),
              occlusion.greatest()));
      return ExitCode.DONE;
    }
  }

  /** Filters that are neither gray nor RGB are drawn channel by channel. */
  private static List<Planes> shown(List<Planes> filters) {
    int channels = filters.get(0).channels();
    return channels == 1 || channels == 3
        ? filters
        : filters.stream().flatMap(filter -> filter.split().stream()).limit(MOST_MAPS).toList();
  }

  /** Prints the most likely classes and returns the label of the first one. */
  private static int print(List<ModelDescription.ClassName> classes, List<Float> probabilities) {
    float[] values = new float[probabilities.size()];
    for (int label = 0; label < values.length; label++) {
      values[label] = probabilities.get(label);
    }

    int[] top = Ranking.top(values, TOP);
    for (int label : top) {
      System.out.printf(
          Locale.ROOT,
          "%.4f  %s%s%n",
          values[label],
          classes.get(label).shown(),
          classes.get(label).words() == null || classes.get(label).words().isEmpty()
              ? ""
              : "  " + classes.get(label).words());
    }

    return top[0];
  }
}
