package convoy.jobs.recipe;

import convoy.options.Key;
import convoy.options.Keys;
import convoy.options.Kind;
import convoy.options.Kinds;
import convoy.options.Settings;
import convoy.zoo.FrozenLayers;
import convoy.zoo.Zoo;
import convoy.zoo.graph.Architecture;
import java.util.List;

/** The section {@code model}: the architecture and its options. */
public final class ModelKeys {
  public static final Key<String> NAME =
      Key.required(
          "name",
          Kinds.word(Zoo.architectures().stream().map(Architecture::name).toList()),
          "The architecture, as `scripts/convoy models` lists it.");
  public static final Key<Integer> INPUT_SIZE =
      Key.derived(
          "inputSize",
          Kinds.whole(1, 4096),
          "the form's",
          "Side of the network's input in pixels.");

  /** Null for auto. */
  public static final Key<Integer> INPUT_CHANNELS =
      Key.<Integer>of(
              "inputChannels",
              Kinds.wordFor(List.of("auto", "1", "3"), Integer::valueOf),
              null,
              "Channels of the input; `auto` is 1 if every training picture is gray, else 3.")
          .resolvedAtStart();

  /** Null for the paper's rate. */
  public static final Key<Double> DROPOUT =
      Key.of(
          "dropout",
          paperOr(Kinds.real(0, 0.99)),
          null,
          "The part of the activations that each dropout layer drops.");

  public static final Key<String> INITIALIZER =
      Key.of(
          "initializer",
          Kinds.word(List.of("paper", "glorot", "he")),
          "paper",
          "How the first weights are drawn.");
  public static final Key<String> FORM =
      Key.of(
          "form",
          Kinds.word(Architecture.FORMS),
          Architecture.FORMS.get(0),
          "`small` is the form for 32-pixel pictures, where an architecture has one.");
  public static final Key<Boolean> BATCH_NORM =
      Key.of("batchNorm", Kinds.flag(), false, "Batch normalization after each convolution.");
  public static final Key<String> FREEZE =
      Key.of(
          "freeze",
          new Kind<>("none, features or the name of a layer", Kinds.text().parse()),
          FrozenLayers.NONE,
          "What training leaves as it is: all before the first dense layer (or the classifier, if none is dense), or a layer and all before it.");
  static final Keys KEYS =
      Keys.of(NAME, INPUT_SIZE, INPUT_CHANNELS, DROPOUT, INITIALIZER, FORM, BATCH_NORM, FREEZE);

  private ModelKeys() {}

  /** An empty value also means the paper's. */
  private static Kind<Double> paperOr(Kind<Double> other) {
    Kind<Double> kind = Kinds.wordOr("paper", other);
    return new Kind<>(
        kind.takes(),
        kind.words(),
        given -> given == null ? null : kind.parse().apply(given),
        kind.write());
  }

  /** The architecture's options for this number of classes and channels. */
  public static Architecture.Options options(Settings model, int classes, int channels) {
    Double dropout = model.get(DROPOUT);
    return new Architecture.Options(
        classes,
        model.get(INPUT_SIZE),
        channels,
        dropout == null ? -1 : dropout,
        model.get(INITIALIZER),
        model.get(FORM),
        model.get(BATCH_NORM));
  }
}
