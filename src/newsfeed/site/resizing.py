"""A picture's bytes -> the same picture, smaller. Pillow is used here and in `cropping` alone.

For pages JPEG, PNG and WebP keep their format and their colour profile; for letters everything
becomes a JPEG or a PNG in sRGB, of bounded bytes. Both stand upright and lose what cameras write
beside them (EXIF: place, device, hour). The same bytes, widths and version of Pillow give the same
bytes; another version may encode otherwise.
"""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from newsfeed.site.cropping import shaped

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 60_000_000
MAX_PIXELS = 60_000_000
"""Larger pictures are left as they are: to decode one takes up to four bytes a pixel."""
_MODES = frozenset({"L", "LA", "P", "PA", "RGB", "RGBA"})
_OPENED = ("JPEG", "PNG", "WEBP")
_MAILED = (*_OPENED, "AVIF", "GIF", "BMP", "TIFF")
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
_SRGB_GAMMA = 0.45455
_WORTH = 0.9
"""A variant that saves less than a tenth is not worth a file."""
_DEPTH = 24
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

        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_OPENED) as opened,
        ):
            if not _is_plain(opened) or (opened.format == "PNG" and data[_DEPTH] > 8):
                return {}
            form = "JPEG" if opened.format == "MPO" else str(opened.format)
            profile = opened.info.get("icc_profile")
            palette = opened.mode in ("P", "PA")
            lossless = form == "WEBP" and b"VP8L" in data[:_LOSSLESS]
            # A large JPEG is decoded at a half or a quarter of its size, at a fraction of the cost.
            opened.draft(None, (2 * max(widths), 2 * max(widths)))
            ImageOps.exif_transpose(opened, in_place=True)
            full = _with_real_colours(opened)
            found = {}
            for width in sorted(set(widths)):
                if width >= full.width:
                    break
                made = full.resize((width, max(1, round(full.height * width / full.width))),
                                   Image.Resampling.LANCZOS, reducing_gap=3.0)  # fmt: skip
                encoded = _encoded(made, form, profile, palette=palette, lossless=lossless)
                if len(encoded) < _WORTH * len(data):
                    found[width] = encoded
            return found
    except Exception:
        # Decoders raise whatever a broken or hostile file leads them to: the original is shown then.
        return {}


def _is_plain(image: Image) -> bool:
    """Say whether ``image``, of which only the head was read, is one that can be resized well."""
    width, height = image.size
    frames = image.format != "MPO" and getattr(image, "is_animated", False)
    gamma: Any = image.info.get("gamma", _SRGB_GAMMA)
    odd = "icc_profile" not in image.info and abs(gamma - _SRGB_GAMMA) > 0.001
    return width * height <= MAX_PIXELS and image.mode in _MODES and not frames and not odd


def _with_real_colours(image: Image) -> Image:
    """Return ``image`` in a mode in which neighbouring pixels can be mixed."""
    clear = "transparency" in image.info
    if image.mode in ("P", "PA") or clear:
        return image.convert("RGBA" if clear or image.mode == "PA" else "RGB")
    return image


def _encoded(
    image: Image, form: str, profile: bytes | None, *, palette: bool, lossless: bool
) -> bytes:
    from PIL import Image

    if palette and form == "PNG":
        octree = image.mode == "RGBA"
        method = Image.Quantize.FASTOCTREE if octree else Image.Quantize.MEDIANCUT
        image = image.quantize(256, method=method, dither=Image.Dither.NONE)
    # Pillow writes what it finds here, comments and EXIF too.
    image.info.clear()
    options: dict[str, Any] = {"icc_profile": profile} if profile else {}
    if form == "JPEG":
        options |= {"quality": 80, "optimize": True, "progressive": True}
    elif form == "WEBP":
        options |= {"lossless": True} if lossless else {"quality": 80, "method": 4}
    else:
        options |= {"optimize": True}
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


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

        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_MAILED) as opened,
        ):
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

        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=_MAILED) as opened,
        ):
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
        and data[_DEPTH] <= 8
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
        return _with_real_colours(image)
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
                _encoded(image.copy(), "PNG", None, palette=palette, lossless=True),
                "png",
            )
            if len(made) > most:
                made = _encoded(image.copy(), "PNG", None, palette=True, lossless=True)
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
        crisp = _encoded(image.copy(), "PNG", None, palette=palette, lossless=True)
        if len(crisp) <= min(most, max(_CRISP * len(made), 8_000)):
            return crisp, "png"
    return made, "jpg"
