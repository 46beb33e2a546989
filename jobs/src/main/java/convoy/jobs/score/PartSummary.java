package convoy.jobs.score;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * One part as the manifest lists it.
 *
 * @param path file name in the folder
 * @param errors number of rows with an error, by code
 */
record PartSummary(String path, long rows, TreeMap<String, Long> errors, long bytes, String sha256)
    implements Serializable {}
