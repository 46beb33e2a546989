package convoy.data.source;

import java.io.Serializable;

/**
 * An item before the labels are known.
 *
 * @param className null for an item without a class, which goes to quarantine
 * @param index as {@link FileReader} takes it
 */
record Candidate(String key, String split, String className, long bytes, String uri, long index)
    implements Serializable {}
