/** The dataset on disk: Parquet shards and manifest.json, written last. No manifest, no dataset. */
package convoy.data.dataset;
