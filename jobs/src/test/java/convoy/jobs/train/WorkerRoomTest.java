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
  void aHeapThatCannotHoldTheSlicesOfItsTasksIsNamedWithOneThatCan() {
    long slices = 256L << 20;
    assertThat(WorkerRoom.smallHeap(606, 1, slices)).isNull();
    assertThat(WorkerRoom.smallHeap(605, 1, slices))
        .startsWith("an executor has 605 MiB of heap, and its tasks (1 at a time) hold up to 256")
        .endsWith("--executor-memory 606m or more, or fewer --executor-cores");
    assertThat(WorkerRoom.smallHeap(1024, 4, slices))
        .contains("its tasks (4 at a time) hold up to 1,024 MiB")
        .endsWith("--executor-memory 1374m or more, or fewer --executor-cores");
  }
}
