package convoy.jobs.score;

import java.io.Serializable;

/**
 * One file to score.
 *
 * @param path as in its row: relative to its input, with slashes
 * @param location what {@link ScoreInputs#read} opens
 * @param length bytes when it was listed
 */
record InputFile(String path, String location, long length) implements Serializable {}
