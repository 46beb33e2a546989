/**
 * The dataset on disk: Parquet shards and manifest.json. The manifest is written last; a folder
 * without one is not a dataset.
 */
package convoy.data.dataset;
