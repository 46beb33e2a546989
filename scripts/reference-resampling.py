#!/usr/bin/env python3
"""Resizes pictures that a formula makes with Pillow's antialiased bilinear filter.

Prints, as JSON, what data-prep's ResamplerPillowTest compares the resampler with: for each case the
sizes and the resized pixels, as interleaved rows in base64.

Needs pillow 12.0.0. From the root of the checkout:
  python3 scripts/reference-resampling.py \
    > data-prep/src/test/resources/convoy/data/resample/pillow-resized.json
"""

import base64
import json

from PIL import Image

# Width, height, channels, new width, new height. The cases are smaller, larger, both, a single side,
# and a large change.
CASES = [
    (50, 37, 3, 22, 22),
    (50, 37, 1, 34, 25),
    (64, 64, 3, 63, 65),
    (20, 15, 3, 47, 33),
    (97, 61, 3, 5, 3),
    (61, 40, 1, 61, 20),
    (31, 90, 3, 60, 17),
    (200, 3, 3, 16, 16),
]


def pixel(x, y, channel):
    """Fine and coarse patterns, steep edges; the test has the same formula."""
    return (x * x * 7 + y * 13 + x * y * 3 + channel * 50) % 256


def picture(width, height, channels):
    data = bytes(
        pixel(x, y, c) for y in range(height) for x in range(width) for c in range(channels)
    )
    return Image.frombytes("RGB" if channels == 3 else "L", (width, height), data)


def main():
    cases = []
    for width, height, channels, to_width, to_height in CASES:
        resized = picture(width, height, channels).resize((to_width, to_height), Image.BILINEAR)
        cases.append(
            {
                "width": width,
                "height": height,
                "channels": channels,
                "toWidth": to_width,
                "toHeight": to_height,
                "pixels": base64.b64encode(resized.tobytes()).decode(),
            }
        )
    print(json.dumps(cases, indent=1))


if __name__ == "__main__":
    main()
