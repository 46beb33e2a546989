"""Reads what convoy export wrote, with the libraries that other programs use.

In each folder named, model.onnx passes the checker and has a free batch size, both outputs, the
preprocessing, and the weights of weights.safetensors. Then the same weights are written as Python
writes them: python.safetensors, and arrays.npz with half of them in Fortran's order.
"""

import json
import pathlib
import sys

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors import numpy as safetensors


def shape(value):
    return [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]


def check(folder):
    path = folder / "model.onnx"
    onnx.checker.check_model(str(path), full_check=True)
    model = onnx.load(path)
    metadata = {entry.key: entry.value for entry in model.metadata_props}
    preprocessing = json.loads(metadata["preprocessing"])
    side = preprocessing["inputSize"]
    classes = len(json.loads(metadata["classes"]))
    assert [shape(value) for value in model.graph.input] == [
        ["batch", preprocessing["inputChannels"], side, side]
    ]
    assert [(value.name, shape(value)) for value in model.graph.output] == [
        ("probabilities", ["batch", classes]),
        ("logits", ["batch", classes]),
    ]

    file = folder / "weights.safetensors"
    weights = safetensors.load_file(file)
    initializers = {tensor.name: tensor for tensor in model.graph.initializer}
    assert weights.keys() <= initializers.keys()
    same = 0
    for name, weight in weights.items():
        other = numpy_helper.to_array(initializers[name])
        same += other.shape == weight.shape and bool((other == weight).all())

    assert safetensors.save(weights) == file.read_bytes()
    safetensors.save_file(weights, folder / "python.safetensors")
    np.savez(
        folder / "arrays.npz",
        **{
            name: np.asfortranarray(weight) if number % 2 else weight
            for number, (name, weight) in enumerate(weights.items())
        },
    )
    print(folder.name, "ok", same, "of", len(weights))


for argument in sys.argv[1:]:
    check(pathlib.Path(argument))
