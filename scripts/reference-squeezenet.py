#!/usr/bin/env python3
"""Computes the logits of SqueezeNet v1.0 for one input in NumPy, float64, with weights from an npz file.

Prints what jobs' SqueezeNetIT compares an imported network with. The input comes from a formula
that the test computes too: pixels of 0..255 less Caffe's mean, blue first.

Needs numpy 2.2.6. From the root of the checkout:
  python3 scripts/reference-squeezenet.py WEIGHTS.npz \
    > jobs/src/test/resources/convoy/jobs/importing/squeezenet-logits.json
"""

import json
import sys

import numpy as np

MEAN = (104, 117, 123)
SIDE = 227


def uniform(stream, count):
    """Numbers in [0, 1): a 64-bit hash of (stream, index), splitmix64's finalizer."""
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(stream) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


def conv(weights, name, x, stride=1, padding=0):
    """With ReLU."""
    kernel = weights[name + ".W"].astype(np.float64)
    x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[2:], axis=(1, 2))
    out = np.einsum("cyxuv,ocuv->oyx", windows[:, ::stride, ::stride], kernel, optimize=True)
    return np.maximum(out + weights[name + ".b"].astype(np.float64)[:, None, None], 0)


def pool(x):
    """The largest of 3 x 3 each 2, a last window hanging over the edge."""
    count = -(-(x.shape[1] - 3) // 2) + 1
    after = max(0, (count - 1) * 2 + 3 - x.shape[1])
    x = np.pad(x, ((0, 0), (0, after), (0, after)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    return windows[:, ::2, ::2].max(axis=(3, 4))


def fire(weights, name, x):
    x = conv(weights, name + "_conv1x1_1", x)
    one = conv(weights, name + "_conv1x1_2", x)
    return np.concatenate([one, conv(weights, name + "_conv3x3_2", x, padding=1)])


def logits(weights, x):
    x = pool(conv(weights, "conv1", x, stride=2))
    for module in range(2, 10):
        x = fire(weights, f"fire{module}", x)
        if module in (4, 8):
            x = pool(x)
    return conv(weights, "conv_final", x, padding=1).mean(axis=(1, 2))


def main():
    picture = np.floor(uniform(1, 3 * SIDE * SIDE) * 256).reshape(3, SIDE, SIDE)
    picture -= np.array(MEAN)[:, None, None]
    with np.load(sys.argv[1]) as weights:
        print(json.dumps([round(float(value), 6) for value in logits(weights, picture)]))


if __name__ == "__main__":
    main()
