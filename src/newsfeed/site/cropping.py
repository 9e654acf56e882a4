"""A picture in another shape: cut around what matters in it, or completed by its own ground."""

from __future__ import annotations

import math
from array import array
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_FINE = 96
"""Pixels of the side along which the cut is sought: more tells noise from detail no better."""
_PULL = 0.35
"""How much less a cut at the very edge weighs than one in the middle, all else being equal."""
_EYE = (0.5, 0.42)
"""Where a picture's subject most often is, as shares of its width and height."""
_EVEN = 14
"""How far the channels of a picture's border may differ while it is one colour."""
_AIR = 1.08
"""A picture on its own ground has this much room around it."""


def shaped(image: Image, ratio: float, focus: tuple[int, int] | None) -> Image:
    """Return ``image`` (RGB) with ``ratio`` as its width divided by its height.

    It is cut around ``focus`` (percent from the left and the top), without one around the window
    with the most edges. One whose border is a single colour is a drawing or a logo: nothing is cut
    off, its ground grows.
    """
    if abs(math.log(image.width / image.height / ratio)) < 0.01:
        return image
    ground = _border(image) if focus is None else None
    return _completed(image, ratio, ground) if ground else image.crop(_cut(image, ratio, focus))


def _cut(image: Image, ratio: float, focus: tuple[int, int] | None) -> tuple[int, int, int, int]:
    """Return the box (left, top, right, bottom) of the part that is shown."""
    width, height = image.size
    across = width / height > ratio
    wide = round(height * ratio) if across else width
    high = height if across else round(width / ratio)
    wide, high = max(1, min(wide, width)), max(1, min(high, height))
    if focus is not None:
        left, top = width * focus[0] / 100 - wide / 2, height * focus[1] / 100 - high / 2
    else:
        share = wide / width if across else high / height
        start = _most_detailed(image, share, across=across)
        left, top = (start * width, 0.0) if across else (0.0, start * height)
    left, top = (round(max(0, each)) for each in (left, top))
    left, top = min(left, width - wide), min(top, height - high)
    return left, top, left + wide, top + high


def _most_detailed(image: Image, share: float, *, across: bool) -> float:
    """Return where the window begins that holds the most edges, as a share of the side.

    Edges are found on a small grey copy and summed line by line; the middle weighs a little more, so
    that a picture that is alike everywhere is cut in its middle.
    """
    from PIL import Image, ImageFilter

    width, height = image.size
    scale = _FINE / (width if across else height)
    size = (max(3, min(384, round(width * scale))), max(3, min(384, round(height * scale))))
    small = image.convert("L").resize(size, Image.Resampling.BOX)
    edges = small.filter(ImageFilter.FIND_EDGES).crop((1, 1, size[0] - 1, size[1] - 1))
    count = edges.width if across else edges.height
    line = edges.convert("F").resize((count, 1) if across else (1, count), Image.Resampling.BOX)
    sums = [0.0, *accumulate(array("f", line.tobytes()))]
    long = min(count, max(1, round(count * share)))
    eye = _EYE[0 if across else 1]

    def worth(start: int) -> tuple[float, float]:
        away = abs((start + long / 2) / count - eye)
        return (sums[start + long] - sums[start] + 0.01) * (1 - _PULL * away), -away

    return max(range(count - long + 1), key=worth) / count


def _border(image: Image) -> tuple[int, ...] | None:
    """Return the colour of the border where it is one, None otherwise."""
    width, height = image.size
    edge = max(1, min(width, height) // 100)
    strips = [
        image.crop(box)
        for box in (
            (0, 0, width, edge),
            (0, height - edge, width, height),
            (0, 0, edge, height),
            (width - edge, 0, width, height),
        )
    ]
    extremes = [[band.getextrema() for band in strip.split()] for strip in strips]
    found: list[int] = []
    for bands in zip(*extremes, strict=True):
        low, high = min(int(band[0]) for band in bands), max(int(band[1]) for band in bands)
        if high - low > _EVEN:
            return None
        found.append((low + high) // 2)
    return tuple(found)


def _completed(image: Image, ratio: float, ground: tuple[int, ...]) -> Image:
    """Return the whole of ``image`` on a larger ``ground``."""
    from PIL import Image

    width = max(image.width, round(image.height * ratio))
    height = max(image.height, round(image.width / ratio))
    width, height = round(width * _AIR), round(height * _AIR)
    canvas = Image.new("RGB", (width, height), ground)
    canvas.paste(image, ((width - image.width) // 2, (height - image.height) // 2))
    return canvas
