package convoy.jobs.exchange;

import java.io.Serializable;

/** Stands in the place of a report of a task, and says that the task could not read the state. */
record LostState(String message) implements Serializable {}
