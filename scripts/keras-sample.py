#!/usr/bin/env python3
"""Writes a LeNet-5 as Keras 2 saves it, for model-zoo's KerasFilesTest.

It has what such files seldom have: a functional model, channels first, kernels trained by Theano, and
weights in chunks that are shuffled and packed. A formula gives the weights.

Needs h5py 3.16.0 and numpy 2.2.6. From the root of the checkout:
  python3 scripts/keras-sample.py model-zoo/src/test/resources/convoy/zoo/importing/keras-sample.h5
"""

import json
import sys

import h5py
import numpy as np

FORMAT = {"data_format": "channels_first"}
LAYERS = [
    ("InputLayer", "in", {"batch_input_shape": [None, 1, 28, 28]}),
    ("Conv2D", "c1", {"filters": 6, "kernel_size": [5, 5], "padding": "same", **FORMAT}),
    ("Activation", "a1", {"activation": "relu"}),
    ("MaxPooling2D", "p1", {"pool_size": [2, 2], "strides": [2, 2], **FORMAT}),
    ("Conv2D", "c2", {"filters": 16, "kernel_size": [5, 5], "activation": "relu", **FORMAT}),
    ("MaxPooling2D", "p2", {"pool_size": [2, 2], "strides": [2, 2], **FORMAT}),
    ("Flatten", "f", {}),
    ("Dense", "d3", {"units": 120, "activation": "relu"}),
    ("Dense", "d4", {"units": 84, "activation": "relu"}),
    ("Dropout", "drop", {"rate": 0.5}),
    ("Dense", "d5", {"units": 10, "activation": "softmax"}),
]
SHAPES = {"c1": (5, 5, 1, 6), "c2": (5, 5, 6, 16), "d3": (400, 120), "d4": (120, 84), "d5": (84, 10)}


def config():
    layers = []
    for number, (kind, name, settings) in enumerate(LAYERS):
        before = [[[LAYERS[number - 1][1], 0, 0, {}]]] if number else []
        layers.append(
            {
                "class_name": kind,
                "name": name,
                "config": {"name": name, **settings},
                "inbound_nodes": before,
            }
        )
    return json.dumps({"class_name": "Model", "config": {"layers": layers}})


def main():
    with h5py.File(sys.argv[1], "w") as file:
        file.attrs["model_config"] = np.bytes_(config())  # A fixed length, as in Keras 2.0.
        file.attrs["keras_version"] = "2.1.6"
        file.attrs["backend"] = "theano"
        weights = file.create_group("model_weights")
        for _, name, _ in LAYERS:
            group = weights.create_group(name)
            if name in SHAPES:
                shape = SHAPES[name]
                kernel = np.arange(np.prod(shape)).reshape(shape) % 251 / 256 - 0.5
                bias = np.arange(shape[-1]) / 256
                for role, values in (("kernel:0", kernel), ("bias:0", bias)):
                    group.create_dataset(
                        f"{name}/{role}",
                        data=values.astype(np.float64 if name == "d5" else np.float32),
                        chunks=True,
                        shuffle=True,
                        compression="gzip",
                    )


if __name__ == "__main__":
    main()
