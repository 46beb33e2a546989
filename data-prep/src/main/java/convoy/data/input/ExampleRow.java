package convoy.data.input;

/**
 * The place of an example in its split.
 *
 * @param rowGroup counted over all shards, in manifest order
 * @param key of the example
 */
public record ExampleRow(int rowGroup, String key) {}
