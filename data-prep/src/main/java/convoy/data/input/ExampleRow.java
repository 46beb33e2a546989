package convoy.data.input;

/**
 * Where an example stands in its split.
 *
 * @param rowGroup over all shards, in manifest order
 * @param key of the example
 */
public record ExampleRow(int rowGroup, String key) {}
