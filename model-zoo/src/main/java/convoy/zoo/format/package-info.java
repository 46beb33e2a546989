/**
 * Model files, safetensors and model.json, which are read and written through channels and streams.
 */
package convoy.zoo.format;
