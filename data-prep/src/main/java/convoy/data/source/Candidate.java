package convoy.data.source;

import java.io.Serializable;

/**
 * An item before the labels are known.
 *
 * @param className null for one that goes to quarantine and has none
 * @param index as {@link FileReader} takes it
 */
record Candidate(String key, String split, String className, long bytes, String uri, long index)
    implements Serializable {}
