package convoy.jobs.train.sync;

import java.io.Serializable;

/**
 * What a worker sends to a reducing task: one slice of its vectors, or, with no slice, its report.
 *
 * @param examples the weight of the slice in the mean
 */
@SuppressWarnings("ArrayRecordComponent") // A carrier of bytes; never compared.
record WorkerSlice(long examples, byte[] slice, WorkerReport report) implements Serializable {}
