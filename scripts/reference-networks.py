#!/usr/bin/env python3
"""Computes forward passes of the large networks in NumPy, float64, written from the papers alone.

Writes the values that model-zoo's IndependentNetworksIT compares the engine with: the logits, and the
mean and deviation of every layer. Weights and input come from a formula that the test computes too.

Needs numpy 2.2.6. From the root of the checkout:
  python3 scripts/reference-networks.py model-zoo/src/test/resources/convoy/zoo/engine
"""

import json
import sys

import numpy as np


def uniform(stream, count):
    """Numbers in [0, 1): a 64-bit hash of (stream, index), splitmix64's finalizer."""
    with np.errstate(over="ignore"):
        z = np.arange(count, dtype=np.uint64) + np.uint64(stream) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 24)


class Network:
    """Layers with weights by formula: the n-th layer with weights draws from streams 2n and 2n+1."""

    def __init__(self):
        self.layers = 0
        self.statistics = {}

    def weights(self, shape, fan_in):
        self.layers += 1
        bound = np.sqrt(6.0 / fan_in)  # Keeps the size of what flows through ReLUs.
        count = int(np.prod(shape))
        weight = ((uniform(2 * self.layers, count) * 2 - 1) * bound).astype(np.float32)
        bias = ((uniform(2 * self.layers + 1, shape[0]) * 2 - 1) * 0.1).astype(np.float32)
        return weight.astype(np.float64).reshape(shape), bias.astype(np.float64)

    def note(self, name, x):
        self.statistics[name] = [float(x.mean()), float(x.std())]
        return x

    def conv(self, name, x, filters, size, stride=1, padding=0, groups=1):
        seen = x.shape[0] // groups
        weight, bias = self.weights((filters, seen, size, size), seen * size * size)
        x = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))
        windows = windows[:, ::stride, ::stride]
        out = []
        for group in range(groups):
            part = windows[group * seen : (group + 1) * seen]
            height, width = part.shape[1:3]
            columns = part.transpose(1, 2, 0, 3, 4).reshape(height * width, -1)
            kernel = weight[group * filters // groups : (group + 1) * filters // groups]
            out.append((columns @ kernel.reshape(len(kernel), -1).T).T.reshape(-1, height, width))
        out = np.concatenate(out) + bias[:, None, None]
        return self.note(name, np.maximum(out, 0))

    def pool(self, name, x, size, stride, padding=0, ceil=False):
        extent = x.shape[1] + 2 * padding - size
        count = (extent + stride - 1 if ceil else extent) // stride + 1
        after = max(0, (count - 1) * stride + size - x.shape[1] - padding)
        x = np.pad(x, ((0, 0), (padding, after), (padding, after)), constant_values=-np.inf)
        windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(1, 2))
        return self.note(name, windows[:, ::stride, ::stride][:, :count, :count].max(axis=(3, 4)))

    def lrn(self, name, x, k, alpha):
        squares = np.pad(x * x, ((2, 2), (0, 0), (0, 0)))
        total = sum(squares[i : i + len(x)] for i in range(5))
        return self.note(name, x / (k + alpha * total) ** 0.75)

    def dense(self, name, x, outputs, relu=True):
        x = x.reshape(-1)
        weight, bias = self.weights((outputs, len(x)), len(x))
        out = weight @ x + bias
        return self.note(name, np.maximum(out, 0) if relu else out)


def alexnet(net, x, classes):
    x = net.conv("conv1", x, 96, 11, 4, 2)
    x = net.pool("pool1", net.lrn("norm1", x, 2, 1e-4), 3, 2)
    x = net.conv("conv2", x, 256, 5, 1, 2, groups=2)
    x = net.pool("pool2", net.lrn("norm2", x, 2, 1e-4), 3, 2)
    x = net.conv("conv3", x, 384, 3, 1, 1)
    x = net.conv("conv4", x, 384, 3, 1, 1, groups=2)
    x = net.conv("conv5", x, 256, 3, 1, 1, groups=2)
    x = net.pool("pool5", x, 3, 2)
    x = net.dense("fc7", net.dense("fc6", x, 4096), 4096)
    return net.dense("fc8", x, classes, relu=False)


def vgg16(net, x, classes):
    for stack, (channels, layers) in enumerate(
        [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)], 1
    ):
        for layer in range(1, layers + 1):
            x = net.conv(f"conv{stack}_{layer}", x, channels, 3, 1, 1)
        x = net.pool(f"pool{stack}", x, 2, 2)
    x = net.dense("fc7", net.dense("fc6", x, 4096), 4096)
    return net.dense("fc8", x, classes, relu=False)


# Table 1 of Szegedy et al.: #1x1, #3x3 reduce, #3x3, #5x5 reduce, #5x5, pool proj
INCEPTION = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def googlenet(net, x, classes):
    x = net.conv("conv1", x, 64, 7, 2, 3)
    x = net.lrn("norm1", net.pool("pool1", x, 3, 2, ceil=True), 1, 1e-4 / 5)
    x = net.conv("conv2.3x3", net.conv("conv2.3x3reduce", x, 64, 1), 192, 3, 1, 1)
    x = net.pool("pool2", net.lrn("norm2", x, 1, 1e-4 / 5), 3, 2, ceil=True)
    for module, (one, reduce3, three, reduce5, five, projection) in INCEPTION.items():
        if module in ("4a", "5a"):
            x = net.pool("pool" + str(int(module[0]) - 1), x, 3, 2, ceil=True)
        name = "inception" + module
        a = net.conv(name + ".1x1", x, one, 1)
        b = net.conv(name + ".3x3", net.conv(name + ".3x3reduce", x, reduce3, 1), three, 3, 1, 1)
        c = net.conv(name + ".5x5", net.conv(name + ".5x5reduce", x, reduce5, 1), five, 5, 1, 2)
        d = net.conv(name + ".poolProj", net.pool(name + ".pool", x, 3, 1, 1), projection, 1)
        x = net.note(name, np.concatenate([a, b, c, d]))
    x = net.note("pool5", x.mean(axis=(1, 2)))
    return net.dense("classifier", x, classes, relu=False)


def main(folder):
    for name, network in {"alexnet": alexnet, "vgg16": vgg16, "googlenet": googlenet}.items():
        cases = {}
        for kind in ("unit", "pixels"):
            draws = uniform(0, 3 * 224 * 224)
            # Variance 1, or pixels of 0 to 255 less their mean.
            x = (draws - 0.5) * np.sqrt(12) if kind == "unit" else draws * 255 - 127.5
            net = Network()
            x = x.astype(np.float32).astype(np.float64).reshape(3, 224, 224)
            logits = network(net, x, 1000)
            cases[kind] = {"logits": logits.tolist(), "layers": net.statistics}
        text = json.dumps(cases, default=float)
        short = json.loads(text, parse_float=lambda number: float(f"{float(number):.9g}"))
        with open(f"{folder}/reference-{name}.json", "w", encoding="utf-8") as file:
            file.write(json.dumps(short, separators=(",", ":")) + "\n")
        print(name, "logits", np.round(logits[:4], 4), "largest", np.abs(logits).max())


if __name__ == "__main__":
    main(sys.argv[1])
