"""Reads JPEG files into pixels or floats in one of two ways. Each line on standard input asks for one
pass over all files; the answer is the CPU seconds of this process.

  python pictures.py bare|pillow FOLDER
"""

import io
import pathlib
import sys
import time

import numpy as np
import simplejpeg
from PIL import Image

SIZE = 224
MEAN = np.array([123.675, 116.28, 103.53], np.float32)
STD = np.array([58.395, 57.12, 57.375], np.float32)


def bare(data):
    """Returns what libjpeg-turbo gives, and nothing else."""
    return simplejpeg.decode_jpeg(data, colorspace="RGB")


def pillow(data):
    """Returns the picture decoded, cropped, resized and normalised, channels first."""
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    square = picture.crop((left, top, left + side, top + side))
    pixels = np.asarray(square.resize((SIZE, SIZE), Image.BILINEAR), np.float32)
    return np.ascontiguousarray(((pixels - MEAN) / STD).transpose(2, 0, 1))


def main():
    way = {"bare": bare, "pillow": pillow}[sys.argv[1]]
    files = [path.read_bytes() for path in sorted(pathlib.Path(sys.argv[2]).rglob("*.JPEG"))]
    for _ in sys.stdin:
        started = time.process_time()
        for data in files:
            way(data)
        print(time.process_time() - started, flush=True)


if __name__ == "__main__":
    main()
