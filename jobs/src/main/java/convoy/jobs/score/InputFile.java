package convoy.jobs.score;

import java.io.Serializable;

/**
 * One file to score.
 *
 * @param path path in its row: relative to its input, with slashes
 * @param location location that {@link ScoreInputs#read} opens
 * @param length number of bytes when it was listed
 */
record InputFile(String path, String location, long length) implements Serializable {}
