"""A picture's bytes -> the same picture, smaller, for pages.

JPEG, PNG and WebP keep their format and their colour profile, stand upright, and lose what cameras
write beside them (EXIF: place, device, hour). The same bytes, widths and version of Pillow give the
same bytes; another version may encode otherwise. Pillow is used here, in `mail_pictures` and in `cropping`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

# Pillow warns of pictures that are large or odd: `smaller` and `sent` say what comes of them.
warnings.filterwarnings("ignore", module=r"PIL\.")

MAX_BYTES = 60_000_000
MAX_PIXELS = 60_000_000
"""Larger pictures are left as they are: to decode one takes up to four bytes a pixel."""
_MODES = frozenset({"L", "LA", "P", "PA", "RGB", "RGBA"})
OPENED = ("JPEG", "PNG", "WEBP")
_SRGB_GAMMA = 0.45455
_WORTH = 0.9
"""A variant that saves less than a tenth is not worth a file."""
DEPTH = 24
"""Where a PNG tells the bits of a channel: Pillow opens 16 as if they were 8."""
_LOSSLESS = 4096
"""How far from its start a WebP file is searched for the mark of lossless compression."""


def version() -> str:
    """Return the version of Pillow."""
    from PIL import __version__

    return str(__version__)


def smaller(data: bytes, widths: Sequence[int]) -> dict[int, bytes]:
    """Return the picture in those of ``widths`` (pixels, as it is seen) that make it lighter.

    Empty for what is no picture of ours to resize: animated, of more than 8 bits, CMYK, too large,
    broken, or of another format.
    """
    try:
        from PIL import Image, ImageOps

        with Image.open(io.BytesIO(data), formats=OPENED) as opened:
            if not _is_plain(opened) or (opened.format == "PNG" and data[DEPTH] > 8):
                return {}
            form = "JPEG" if opened.format == "MPO" else str(opened.format)
            profile = opened.info.get("icc_profile")
            palette = opened.mode in ("P", "PA")
            lossless = form == "WEBP" and b"VP8L" in data[:_LOSSLESS]
            # A large JPEG is decoded at a half or a quarter of its size, at a fraction of the cost.
            opened.draft(None, (2 * max(widths), 2 * max(widths)))
            ImageOps.exif_transpose(opened, in_place=True)
            full = with_real_colours(opened)
            found = {}
            for width in sorted(set(widths)):
                if width >= full.width:
                    break
                made = full.resize((width, max(1, round(full.height * width / full.width))),
                                   Image.Resampling.LANCZOS, reducing_gap=3.0)  # fmt: skip
                smaller_file = encoded(made, form, profile, palette=palette, lossless=lossless)
                if len(smaller_file) < _WORTH * len(data):
                    found[width] = smaller_file
            return found
    except Exception:
        # Decoders raise whatever a broken or hostile file leads them to: the original is shown then.
        return {}


def _is_plain(image: Image) -> bool:
    """Say whether ``image``, of which only the head was read, is one that can be resized well."""
    width, height = image.size
    frames = image.format != "MPO" and getattr(image, "is_animated", False)
    gamma: float = image.info.get("gamma", _SRGB_GAMMA)
    odd = "icc_profile" not in image.info and abs(gamma - _SRGB_GAMMA) > 0.001
    return width * height <= MAX_PIXELS and image.mode in _MODES and not frames and not odd


def with_real_colours(image: Image) -> Image:
    """Return ``image`` in a mode in which neighbouring pixels can be mixed.

    What is opaque all over, as a picture of a screen is, has no channel for it.
    """
    clear = "transparency" in image.info
    if image.mode in ("P", "PA") or clear:
        image = image.convert("RGBA" if clear or image.mode == "PA" else "RGB")
    if image.mode in ("LA", "RGBA") and image.getchannel("A").getextrema() == (255, 255):
        image = image.convert(image.mode[:-1])
    return image


def encoded(
    image: Image, form: str, profile: bytes | None, *, palette: bool, lossless: bool
) -> bytes:
    """Return ``image`` as a file of the format ``form``, which may drop what ``image`` tells."""
    from PIL import Image

    if palette and form == "PNG":
        octree = image.mode == "RGBA"
        method = Image.Quantize.FASTOCTREE if octree else Image.Quantize.MEDIANCUT
        image = image.quantize(256, method=method, dither=Image.Dither.NONE)
    # Pillow writes what it finds here, comments and EXIF too.
    image.info.clear()
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    if form == "JPEG":
        options |= {"quality": 80, "optimize": True, "progressive": True}
    elif form == "WEBP":
        options |= {"lossless": True} if lossless else {"quality": 80, "method": 4}
    else:
        # A level of 9, which "optimize" means, takes five times as long for a fiftieth less.
        options |= {"compress_level": 7}
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()
