"""A picture's bytes -> the form of it that letters send, which every mail program shows.

A JPEG or a PNG in sRGB, upright, without metadata, as wide as it is wanted and no heavier than its
size asks for. The same bytes, frame and version of Pillow give the same bytes.
"""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from newsfeed.site.cropping import shaped
from newsfeed.site.resizing import DEPTH, MAX_PIXELS, OPENED, encoded, with_real_colours

if TYPE_CHECKING:
    from PIL.Image import Image

_MAILED = (*OPENED, "AVIF", "GIF", "BMP", "TIFF")
_TOLD = frozenset({"exif", "xmp", "comment", "photoshop", "icc_profile", "mp"})
"""What a JPEG tells beside its pixels."""
_SCAN, _SCANS = b"\xff\xda", 100
"""A JPEG of more scans takes minutes to decode: one that a camera makes has ten."""
_FEW = 64
"""The pixels of a side at which a picture's shades are counted."""
_SOLID = 250
"""The alpha from which a pixel hides all that is below it."""
_QUALITIES = (82, 74, 64, 52, 40)
_CRISP = 1.5
"""How many times heavier than a JPEG a drawing's PNG may be."""


class Frame(NamedTuple):
    """The place that a letter has for a picture.

    ``width`` is the most pixels that it takes; with ``ratio`` (width, height) it is cut to that shape
    around ``focus``, in percent. What is ``clear`` may be seen through, as logos may.
    """

    width: int
    ratio: tuple[int, int] | None = None
    focus: tuple[int, int] | None = None
    clear: bool = False


class Sent(NamedTuple):
    """A picture for letters: ``ending`` is ``jpg`` or ``png``; without ``data`` its file serves."""

    width: int
    height: int
    ending: str = ""
    data: bytes = b""


def sent(data: bytes, frame: Frame) -> Sent | None:
    """Return the form of a picture that letters send, None where it cannot be read.

    At most ``frame.width`` wide and never enlarged, upright, in sRGB, without metadata, a JPEG or a
    PNG of at most `most_bytes`. A file that is all of this, or moves, serves as it is.
    """
    try:
        from PIL import Image

        with Image.open(io.BytesIO(data), formats=_MAILED) as opened:
            scans = data.count(_SCAN) if opened.format in ("JPEG", "MPO") else 0
            if opened.width * opened.height > MAX_PIXELS or scans > _SCANS:
                return None
            if opened.format != "MPO" and getattr(opened, "is_animated", False):
                return Sent(*opened.size)
            if _serves(opened, data, frame):
                opened.load()
                return Sent(*opened.size)
            return _made(opened, frame)
    except Exception:
        # Decoders raise whatever a broken or hostile file leads them to.
        return None


def most_bytes(width: int, height: int) -> int:
    """Return how heavy a letter's picture of that size may be: 2.2 bits a pixel, 500 kB at most."""
    return min(500_000, max(16_000, round(width * height * 0.28)))


class Shades(NamedTuple):
    """The main colours of a picture as (``#rrggbb``, share), the most frequent first.

    Of one that is ``solid``, without a hole, they are those of its border: what meets the ground.
    """

    solid: bool
    colours: tuple[tuple[str, float], ...]


def shades(data: bytes) -> Shades | None:
    """Return the shades of a picture, None for one that cannot be read."""
    try:
        from PIL import Image

        with Image.open(io.BytesIO(data), formats=_MAILED) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            small = (_FEW, _FEW)
            pixels = opened.convert("RGBA").resize(small, Image.Resampling.BOX).tobytes()
    except Exception:
        return None
    solid = min(pixels[3::4]) > _SOLID
    last = _FEW - 1
    seen: Counter[tuple[int, ...]] = Counter()
    for at in range(0, len(pixels), 4):
        row, column = divmod(at // 4, _FEW)
        if pixels[at + 3] > 127 and (not solid or {row, column} & {0, last}):
            seen[tuple(min(255, (pixels[at + n] + 8) // 16 * 16) for n in range(3))] += 1
    total = sum(seen.values())
    return Shades(
        solid,
        tuple(
            ("#{:02x}{:02x}{:02x}".format(*colour), count / total)
            for colour, count in sorted(seen.items(), key=lambda each: (-each[1], each[0]))
        ),
    )


def _serves(image: Image, data: bytes, frame: Frame) -> bool:
    """Say whether a picture's own file can be sent, of which only the head was read."""
    chunks = (b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"iCCP", b"gAMA", b"acTL")
    good = {
        "JPEG": image.mode in ("L", "RGB") and not _TOLD & image.info.keys(),
        "PNG": image.mode in ("L", "P", "RGB", "RGBA", "LA", "1")
        and data[DEPTH] <= 8
        and not any(chunk in data for chunk in chunks)
        and (frame.clear or not _is_clear(image)),
    }.get(str(image.format), False)
    return (
        good
        and frame.ratio is None
        and image.width <= frame.width
        and len(data) <= most_bytes(*image.size)
    )


def _is_clear(image: Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _made(opened: Image, frame: Frame) -> Sent:
    """Return a picture in the ``frame``."""
    from PIL import Image, ImageOps

    drawn = opened.format in ("PNG", "GIF", "BMP")
    palette = opened.mode in ("P", "PA", "1")
    profile = opened.info.get("icc_profile")
    opened.draft(None, (2 * frame.width, 2 * frame.width))
    ImageOps.exif_transpose(opened, in_place=True)
    full = _shallow(opened)
    clear = _is_clear(full)
    full = full.convert("RGBA") if clear else full
    if frame.ratio is None:
        full = _at_most(full, frame.width)
    elif (factor := min(full.size) // (2 * frame.width)) > 1:
        full = full.reduce(factor)
    image = _in_srgb(full, profile)
    if clear and not frame.clear:
        ground = Image.new("RGB", image.size, "#ffffff")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if frame.ratio is not None:
        image = shaped(image.convert("RGB"), frame.ratio[0] / frame.ratio[1], frame.focus)
        image = _at_most(image, frame.width, round(frame.width * frame.ratio[1] / frame.ratio[0]))
    return _light(image, drawn=drawn, palette=palette)


def _shallow(image: Image) -> Image:
    """Return ``image`` with channels of eight bits that can be mixed."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return with_real_colours(image)
    return image.convert("RGBA" if _is_clear(image) else "RGB")


def _at_most(image: Image, width: int, height: int | None = None) -> Image:
    """Return ``image`` no wider than ``width``, in its proportions, or exactly of ``height``."""
    from PIL import Image

    if image.width <= width:
        return image
    high = height or max(1, round(image.height * width / image.width))
    return image.resize((width, high), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """Return ``image`` in RGB or RGBA, its colours those of sRGB."""
    from PIL import ImageCms

    clear = image.getchannel("A") if image.mode in ("LA", "RGBA") else None
    plain = image.convert("RGB") if clear is not None else image
    try:
        if not profile:
            raise ImageCms.PyCMSError("none")
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" not in ImageCms.getProfileDescription(own):
            shown = ImageCms.profileToProfile(
                plain, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            plain = shown or plain
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass
    plain = plain.convert("RGB")
    if clear is not None:
        plain.putalpha(clear)
    return plain


def _light(image: Image, *, drawn: bool, palette: bool) -> Sent:
    """Return ``image`` encoded in at most `most_bytes`: by its quality first, then by its size."""
    image.info.clear()
    for _ in range(8):
        most = most_bytes(*image.size)
        if image.mode == "RGBA":
            made, ending = (
                encoded(image.copy(), "PNG", None, palette=palette, lossless=True),
                "png",
            )
            if len(made) > most:
                made = encoded(image.copy(), "PNG", None, palette=True, lossless=True)
        else:
            made, ending = _best(image, most, drawn=drawn, palette=palette)
        if len(made) <= most:
            break
        image = _at_most(image, max(1, image.width * 4 // 5))
    return Sent(*image.size, ending, made)


def _best(image: Image, most: int, *, drawn: bool, palette: bool) -> tuple[bytes, str]:
    """Return ``image`` as the lighter of a JPEG and, for what was drawn, a PNG: that is crisper."""
    for quality in _QUALITIES:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, optimize=True, progressive=True)
        made = stream.getvalue()
        if len(made) <= most:
            break
    if drawn:
        crisp = encoded(image.copy(), "PNG", None, palette=palette, lossless=True)
        if len(crisp) <= min(most, max(_CRISP * len(made), 8_000)):
            return crisp, "png"
    return made, "jpg"
