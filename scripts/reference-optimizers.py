#!/usr/bin/env python3
"""Prints what PyTorch's update rules make of one parameter: the numbers in OptimizersTest.

The formulas are those of the documentation of torch.optim.SGD (nesterov=True) and torch.optim.Adam,
in double precision. The gradient is that of (w - 3)^2 / 2, which is w - 3.
"""
import math

RATE, DECAY, STEPS = 0.1, 0.01, 5


def nesterov(momentum=0.9):
    w, buffer = 1.0, 0.0
    for step in range(STEPS):
        gradient = (w - 3) + DECAY * w
        buffer = momentum * buffer + gradient
        w -= RATE * (gradient + momentum * buffer)
        yield w


def adam(beta1=0.8, beta2=0.95, epsilon=1e-3):
    w, first, second = 1.0, 0.0, 0.0
    for step in range(1, STEPS + 1):
        gradient = (w - 3) + DECAY * w
        first = beta1 * first + (1 - beta1) * gradient
        second = beta2 * second + (1 - beta2) * gradient**2
        corrected = second / (1 - beta2**step)
        w -= RATE * (first / (1 - beta1**step)) / (math.sqrt(corrected) + epsilon)
        yield w


if __name__ == "__main__":
    for name, rule in (("nesterov", nesterov), ("adam", adam)):
        print(name, ", ".join("%.9f" % w for w in rule()))
