package convoy.zoo.plan;

import convoy.zoo.engine.MicroBatches;
import convoy.zoo.engine.NetworkSpec;
import convoy.zoo.loops.Step;
import convoy.zoo.plan.memory.InferenceParameters;
import convoy.zoo.plan.memory.NativeBlock;
import convoy.zoo.plan.memory.ParameterStore;
import convoy.zoo.plan.memory.Parameters;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * The plans of one network: the plan that it was opened for, and smaller plans for the minibatches
 * that end an epoch or a folder, so that these don't cost as much as a whole batch. All plans use
 * the same block of working memory in turn.
 */
final class Plans implements AutoCloseable {
  private final NetworkSpec spec;
  private final boolean training;
  private final Plan.Purpose main;
  private final boolean batchDecides;
  private final ParameterStore store;
  private InferenceParameters inferenceParameters;
  private final Map<Key, Plan> compiled = new HashMap<>();
  private NativeBlock memory;
  private Plan last;
  private int lastSize;

  private record Key(Plan.Purpose purpose, int batch) {}

  /**
   * @param main what the network was opened for
   */
  Plans(NetworkSpec spec, Plan.Purpose main, ParameterStore store) {
    this.spec = spec;
    this.training = main.trains();
    this.main = main;
    this.batchDecides = MicroBatches.normalizesBatches(spec.graph());
    this.store = store;
  }

  /** Returns the plan that the network was opened for. It decides how parameters lie. */
  Plan main() {
    return plan(main, spec.microBatch());
  }

  Plan training(int size) {
    // With batch normalization the size must be exact: pictures that fill a batch up would count in
    // the statistics.
    Plan plan = ready(main, batchDecides ? size : batch(size));
    last = main.keeps() ? plan : null; // This plan overwrites the last inference.
    lastSize = size;
    return plan;
  }

  Plan inference(int size) {
    if (training && inferenceParameters == null) {
      inferenceParameters = new InferenceParameters(store);
      plan(Plan.Purpose.INFERENCE, spec.microBatch()); // It decides their layouts.
    }

    last = ready(Plan.Purpose.INFERENCE, batch(size));
    lastSize = size;
    return last;
  }

  /**
   * Reads the output of a layer. If the plan did not keep it, the pictures run again in a plan that
   * does.
   */
  void observe(String layer, int size, FloatBuffer into) {
    if (last == null) {
      throw new IllegalStateException("no layer has values to inspect: predict first");
    }

    if (size > lastSize) {
      throw new IllegalArgumentException(
          "only the last %d pictures can be inspected, not %d".formatted(lastSize, size));
    }

    Plan plan = main.keeps() ? last : plan(Plan.Purpose.OBSERVATION, last.batch());
    if (last != plan) {
      float[] images = new float[plan.batch() * spec.graph().input().size()];
      last.pictures().get(0, images);
      ready(Plan.Purpose.OBSERVATION, plan.batch())
          .forward(FloatBuffer.wrap(images), plan.batch(), Step.Mode.INFERENCE);
      last = plan;
    }

    plan.read(layer, size, into);
  }

  /**
   * Returns a power of two that is at least this size. This needs few plans, and none does more
   * than twice the work.
   */
  private int batch(int size) {
    int power = Integer.highestOneBit(Math.max(1, 2 * size - 1));
    return Math.min(spec.microBatch(), power);
  }

  private Plan plan(Plan.Purpose purpose, int batch) {
    return compiled.computeIfAbsent(
        new Key(purpose, batch), key -> Plan.compile(spec, purpose, batch, parameters(purpose)));
  }

  private Parameters parameters(Plan.Purpose purpose) {
    return training && !purpose.trains() ? inferenceParameters : store;
  }

  private Plan ready(Plan.Purpose purpose, int batch) {
    Plan plan = plan(purpose, batch);
    parameters(purpose).refresh();
    if (memory == null || memory.bytes() < plan.bytes()) {
      if (memory != null) {
        memory.close();
        memory = null; // If the allocation fails, closing must not free it again.
      }

      memory = NativeBlock.allocate(plan.bytes());
    }

    plan.bind(memory);
    return plan;
  }

  @Override
  public void close() {
    compiled.values().forEach(Plan::close);
    if (inferenceParameters != null) {
      inferenceParameters.close();
    }

    if (memory != null) {
      memory.close();
    }
  }
}
