#!/usr/bin/env python3
"""Asks Pillow about the variants of BMP, GIF, PNG and TIFF that data-prep's VariantsTest makes.

Prints a line for each: its name, the checksum of the file and of the pixels that the test expects,
and what Pillow says: "same" (at most 2 levels away), "differs", "refuses" (it reads no pixels), or
"unread" where the test expects no pixels.

Needs pillow 13.0.0 and numpy. From the root of the checkout, after a build:
  java -cp data-prep/target/test-classes:data-prep/target/classes:CLASSPATH \
    convoy.data.image.VariantsTest FOLDER
  python3 scripts/reference-pictures.py FOLDER \
    > data-prep/src/test/resources/convoy/data/image/pillow-variants.txt
"""

import sys
import zlib
from pathlib import Path

import numpy
from PIL import Image

LEVELS = 2
TRANSPARENT = ("RGBA", "RGBa", "LA", "La", "PA", "P")


def on_white(picture):
    """Pillow's pixels with transparency on white, as (height, width, channels)."""
    if picture.mode.startswith("I;16"):
        return numpy.round(numpy.array(picture) / 257.0)[..., None]
    if picture.mode in ("I", "F"):
        raise ValueError("numbers without a range")
    if picture.mode in TRANSPARENT or "transparency" in picture.info:
        pixels = numpy.array(picture.convert("RGBA")).astype(float)
        alpha = pixels[..., 3:]
        return numpy.round((pixels[..., :3] * alpha + 255 * (255 - alpha)) / 255)
    if picture.mode in ("1", "L"):
        return numpy.array(picture.convert("L")).astype(float)[..., None]
    return numpy.array(picture.convert("RGB")).astype(float)


def verdict(file, expected):
    if expected == b"not read\n":
        return "unread"
    size, pixels = expected.split(b"\n", 1)
    width, height, channels = map(int, size.split())
    wanted = numpy.frombuffer(pixels, numpy.uint8).reshape(height, width, channels)
    try:
        with Image.open(file) as picture:
            picture.load()
            seen = on_white(picture)
    except (OSError, SyntaxError, ValueError):
        return "refuses"
    if seen.shape[:2] != wanted.shape[:2]:
        return "differs"
    return "same" if abs(seen - wanted).max() <= LEVELS else "differs"


def main():
    folder = Path(sys.argv[1])
    for expected in sorted(folder.glob("*/*.expected")):
        file = expected.with_suffix("")
        content = expected.read_bytes()
        checksum = zlib.crc32(file.read_bytes() + content)
        name = f"{file.parent.name}/{file.name}"
        print(f"{name} {checksum:08x} {verdict(file, content)}")


if __name__ == "__main__":
    main()
