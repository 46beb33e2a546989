package convoy.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkerRoomTest {
  @Test
  void workersThatWaitForOthersAreCounted() {
    assertThat(WorkerRoom.fewSlots(2, 2)).isNull();
    assertThat(WorkerRoom.fewSlots(5000, 2))
        .startsWith("training.workers=5,000, but only 2 can train at a time")
        .contains("2,500 turns");
  }

  @Test
  void aHeapThatCannotHoldAStateIsNamedWithOneThatCan() {
    long vgg16 = 1107L << 20;
    assertThat(WorkerRoom.smallHeap(2048, vgg16)).isNull();
    assertThat(WorkerRoom.smallHeap(1024, vgg16))
        .startsWith("an executor has 1,024 MiB of heap")
        .contains("1,107 MiB")
        .endsWith("--executor-memory 1993m or more");
  }
}
