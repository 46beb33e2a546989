#!/usr/bin/env python3
"""Computes the golden pixels of data-prep's AugmentationsTest with Pillow and NumPy.

Only the draws are Convoy's own: SplitMix64, seeded by (example, place in the list of transforms).
Photometric is Pillow's ImageEnhance, which cuts off fractions and therefore differs by up to two levels.

Needs pillow 12.0.0 and numpy 2.4.6: python3 scripts/reference-augmentations.py
"""

import math

import numpy as np
from PIL import Image, ImageEnhance

MASK = (1 << 64) - 1
GRID = np.array([[0, 40, 80, 120], [50, 90, 130, 170], [100, 140, 180, 220], [150, 190, 230, 255]])
COLOURS = bytes([100, 50, 25, 10, 200, 120])


class Draws:
    def __init__(self, seed, place=0):
        self.state = seed
        self.state = self.bits() ^ place
        self.state = self.bits()

    def bits(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        # Bounds this small need no rejection with these seeds.
        return (self.bits() >> 33) % bound

    def unit(self):
        return (self.bits() >> 11) * 2.0**-53

    def between(self, low, high):
        return low + (high - low) * self.unit()

    def gaussian(self):
        radius = math.sqrt(-2 * math.log(1 - self.unit()))
        return radius * math.cos(2 * math.pi * self.unit())


def level(value):
    return max(0, min(255, math.floor(value + 0.5)))


def bilinear(x, y):
    """Of the grid, black outside."""
    padded = np.pad(GRID, 20)
    left, top = math.floor(x), math.floor(y)
    right, below = x - left, y - top
    corner = padded[top + 20 : top + 22, left + 20 : left + 22]
    return level(np.array([1 - below, below]) @ corner @ np.array([1 - right, right]))


def affine():
    draws = Draws(1)
    angle = math.radians(draws.between(-30, 30))
    slant = draws.between(-0.1, 0.1)
    size = draws.between(0.9, 1.1)
    shift = np.array([draws.between(-0.1, 0.1) * 4, draws.between(-0.1, 0.1) * 4])
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    back = np.linalg.inv(size * turn @ np.array([[1, -slant], [0, 1]]))
    places = [[back @ (np.array([x, y]) - 1.5 - shift) + 1.5 for x in range(4)] for y in range(4)]
    return [[bilinear(*place) for place in row] for row in places]


def elastic():
    draws = Draws(1)
    kernel = np.exp(-(np.arange(-3, 4) ** 2) / 2)
    kernel /= kernel.sum()
    fields = []
    for _ in "xy":
        field = np.array([[draws.between(-1, 1) for _ in range(4)] for _ in range(4)])
        for axis in (1, 0):
            field = np.apply_along_axis(lambda line: np.convolve(line, kernel)[3:-3], axis, field)
        fields.append(4 * field)
    dx, dy = fields
    return [[bilinear(x + dx[y, x], y + dy[y, x]) for x in range(4)] for y in range(4)]


def random_resized_crop():
    draws = Draws(3)
    while True:
        area = 16 * draws.between(0.08, 1)
        aspect = math.exp(draws.between(-math.log(4 / 3), math.log(4 / 3)))
        width = math.floor(math.sqrt(area * aspect) + 0.5)
        height = math.floor(math.sqrt(area / aspect) + 0.5)
        if 1 <= width <= 4 and 1 <= height <= 4:
            left, top = draws.below(5 - width), draws.below(5 - height)
            part = GRID[top : top + height, left : left + width]
            return resized(part, 3)


def scale_jitter():
    return resized(GRID, 2 + Draws(1).below(2))


def resized(grid, side):
    image = Image.fromarray(grid.astype(np.uint8))
    return np.asarray(image.resize((side, side), Image.BILINEAR)).tolist()


def photometric():
    draws = Draws(1)
    order = [0, 1, 2]
    for i in (2, 1):
        other = draws.below(i + 1)
        order[i], order[other] = order[other], order[i]
    image = Image.frombytes("RGB", (2, 1), COLOURS)
    for step in order:
        enhance = (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color)[step]
        image = enhance(image).enhance(draws.between(0.5, 1.5))
    return [list(image.tobytes())]


def lighting():
    """Along red alone, with a variance of 25,500."""
    shift = 0.1 * Draws(1).gaussian() * 25500 / 255
    return [[level(v + shift) if i % 3 == 0 else v for i, v in enumerate(COLOURS)]]


def main():
    for of in (affine, elastic, random_resized_crop, scale_jitter, photometric, lighting):
        print(of.__name__, [" ".join(map(str, row)) for row in of()])


if __name__ == "__main__":
    main()
