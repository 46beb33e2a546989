/** Files of models: safetensors and model.json, read and written through channels and streams. */
package convoy.zoo.format;
