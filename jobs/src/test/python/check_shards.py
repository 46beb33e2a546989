"""Reads the shards of a dataset with pyarrow and with pandas: python check_shards.py DATASET."""

import hashlib
import json
import pathlib
import sys

import pandas
import pyarrow.parquet

COLUMNS = ["key", "label", "width", "height", "channels", "format", "image"]

dataset = pathlib.Path(sys.argv[1])
manifest = json.loads((dataset / "manifest.json").read_text())
for name, split in manifest["splits"].items():
    counts = [0] * len(manifest["classes"])
    keys = set()
    for shard in split["files"]:
        path = dataset / shard["path"]
        assert hashlib.sha256(path.read_bytes()).hexdigest() == shard["sha256"], path
        parquet = pyarrow.parquet.ParquetFile(path)
        groups = [parquet.metadata.row_group(i).num_rows for i in range(parquet.num_row_groups)]
        assert groups == shard["rowGroups"], (path, groups)
        table = parquet.read()
        assert table.column_names == COLUMNS, table.column_names
        frame = pandas.read_parquet(path)
        assert list(frame.columns) == COLUMNS
        assert len(frame) == table.num_rows == sum(groups)
        for row, label, key, image in zip(
            frame.itertuples(), table["label"], table["key"], table["image"], strict=True
        ):
            assert row.key == key.as_py() and row.label == label.as_py()
            assert row.image == image.as_py()
            assert row.format != "jpeg" or row.image[:2] == b"\xff\xd8", row.key
            counts[row.label] += 1
            keys.add(row.key)
    assert counts == split["classCounts"], counts
    assert len(keys) == split["examples"]
    print(name, "ok", len(keys))
