"""Trains a small network on several workers and averages them, with NumPy in double precision.

Usage: simulate_averaging.py FOLDER. The folder holds what a test wrote: settings.json, start.f32
(the first parameters), and the pictures and labels of every minibatch of every worker in every
round. The last parameters are written to end.f32.

The network is lenet-caffe. Nothing here is shared with Convoy: sums over loops, no slices, no
engine.
"""

import json
import pathlib
import sys

import numpy as np


def patches(x, size):
    """[N, C, H, W] to [N, OH, OW, C * size * size], for a stride of 1 without padding."""
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(2, 3))
    n, c, oh, ow = windows.shape[:4]
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(n, oh, ow, c * size * size)


def convolution(x, w, b):
    columns = patches(x, w.shape[2])
    return (columns @ w.reshape(w.shape[0], -1).T + b).transpose(0, 3, 1, 2), columns


def convolution_back(dy, x, w, columns):
    rows = dy.transpose(0, 2, 3, 1)
    dw = np.einsum("nhwo,nhwk->ok", rows, columns).reshape(w.shape)
    dx = np.zeros_like(x)
    size = w.shape[2]
    for i in range(size):
        for j in range(size):
            dx[:, :, i : i + dy.shape[2], j : j + dy.shape[3]] += np.einsum(
                "nohw,oc->nchw", dy, w[:, :, i, j]
            )
    return dx, dw, rows.sum(axis=(0, 1, 2))


def pool(x):
    n, c, h, w = x.shape
    blocks = x.reshape(n, c, h // 2, 2, w // 2, 2).transpose(0, 1, 2, 4, 3, 5)
    blocks = blocks.reshape(n, c, h // 2, w // 2, 4)
    return blocks.max(axis=4), blocks.argmax(axis=4)


def pool_back(dy, chosen, shape):
    n, c, h, w = shape
    blocks = np.zeros(dy.shape + (4,))
    np.put_along_axis(blocks, chosen[..., None], dy[..., None], axis=4)
    blocks = blocks.reshape(n, c, h // 2, w // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5)
    return blocks.reshape(shape)


class Parameters:
    """A flat vector, and its tensors by name."""

    def __init__(self, layout, flat):
        self.flat = flat
        self.tensors = {}
        for tensor in layout:
            end = tensor["offset"] + int(np.prod(tensor["shape"]))
            self.tensors[tensor["name"]] = flat[tensor["offset"] : end].reshape(tensor["shape"])

    def __getitem__(self, name):
        return self.tensors[name]


def gradient(layout, p, images, labels):
    """The gradient of the mean cross-entropy."""
    g = Parameters(layout, np.zeros_like(p.flat))
    c1, k1 = convolution(images, p["conv1.weight"], p["conv1.bias"])
    p1, m1 = pool(c1)
    c2, k2 = convolution(p1, p["conv2.weight"], p["conv2.bias"])
    p2, m2 = pool(c2)
    flat = p2.reshape(len(images), -1)
    hidden = flat @ p["ip1.weight"].T + p["ip1.bias"]
    rectified = np.maximum(hidden, 0)
    logits = rectified @ p["ip2.weight"].T + p["ip2.bias"]
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    d = exponents / exponents.sum(axis=1, keepdims=True)
    d[np.arange(len(labels)), labels] -= 1
    d /= len(labels)
    g["ip2.weight"][:] = d.T @ rectified
    g["ip2.bias"][:] = d.sum(axis=0)
    d = (d @ p["ip2.weight"]) * (hidden > 0)
    g["ip1.weight"][:] = d.T @ flat
    g["ip1.bias"][:] = d.sum(axis=0)
    d = pool_back((d @ p["ip1.weight"]).reshape(p2.shape), m2, c2.shape)
    d, g["conv2.weight"][:], g["conv2.bias"][:] = convolution_back(d, p1, p["conv2.weight"], k2)
    d = pool_back(d, m1, c1.shape)
    _, g["conv1.weight"][:], g["conv1.bias"][:] = convolution_back(d, images, p["conv1.weight"], k1)
    return g.flat


def train(settings, parameters, velocity, minibatches, read):
    """Stochastic gradient descent with momentum, on one worker. Returns copies."""
    p = Parameters(settings["layout"], parameters.copy())
    v = velocity.copy()
    for minibatch in minibatches:
        images, labels = read(minibatch)
        g = gradient(settings["layout"], p, images, labels) + settings["weightDecay"] * p.flat
        v = settings["momentum"] * v - minibatch["rate"] * g
        p.flat += v
    return p.flat, v


def simulate_synchronous(settings, start, read):
    """One machine, whose minibatch is those of all workers."""
    p, v = Parameters(settings["layout"], start.copy()), np.zeros_like(start)
    for workers in settings["rounds"]:
        minibatches = [m for of_worker in workers for m in of_worker]
        read_all = [read(m) for m in minibatches]
        images = np.concatenate([images for images, _ in read_all])
        labels = np.concatenate([labels for _, labels in read_all])
        g = gradient(settings["layout"], p, images, labels) + settings["weightDecay"] * p.flat
        v = settings["momentum"] * v - minibatches[0]["rate"] * g
        p.flat += v
    return p.flat


def simulate(settings, start, read):
    if settings["strategy"] == "synchronous":
        return simulate_synchronous(settings, start, read)
    parameters, velocity = start, np.zeros_like(start)
    slow = np.zeros_like(start)
    for workers in settings["rounds"]:
        total = sum(m["examples"] for minibatches in workers for m in minibatches)
        mean, mean_velocity = np.zeros_like(start), np.zeros_like(start)
        for minibatches in workers:
            weight = sum(m["examples"] for m in minibatches) / total
            p, v = train(settings, parameters, velocity, minibatches, read)
            mean += weight * p
            mean_velocity += weight * v
        velocity = np.zeros_like(start) if settings["reset"] else mean_velocity
        if settings["strategy"] == "averaging":
            parameters = mean
            continue
        # The rate is constant here, so that both forms can be written in units of parameters.
        slow = settings["slowMomentum"] * slow + (parameters - mean)
        step = slow
        if settings["slowNesterov"]:
            step = (parameters - mean) + settings["slowMomentum"] * slow
        parameters = parameters - settings["slowLearningRate"] * step
    return parameters


def main(folder):
    settings = json.loads((folder / "settings.json").read_text())
    pictures = np.fromfile(folder / "images.f32", "<f4").astype(np.float64)

    def read(minibatch):
        shape = [minibatch["examples"], *settings["input"]]
        first = minibatch["first"] * int(np.prod(settings["input"]))
        images = pictures[first : first + int(np.prod(shape))].reshape(shape)
        return images, np.array(minibatch["labels"])

    start = np.fromfile(folder / "start.f32", "<f4").astype(np.float64)
    simulate(settings, start, read).astype("<f4").tofile(folder / "end.f32")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
