"""The ground of a letter's masthead: a logo is put where it is seen, without a plate under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from newsfeed.model import Image
from newsfeed.newsletter.pictures import Picture, Pictures
from newsfeed.site.mail_pictures import Shades
from newsfeed.theme.palette import Palette, contrast

HEIGHT = 40
"""A logo's height in pixels, unless it is too wide."""
WIDEST = 150
_SMALL = 0.6
"""The size of the footer's logo, as a share of the masthead's."""
_SEEN = 3.0
"""The contrast from which a patch of colour stands out from its ground (WCAG 2.2 §1.4.11)."""
_ENOUGH = 0.6
"""How much of a logo must be seen: it may hold a colour that is near to its ground."""

_SAME = 1.1
"""The contrast below which two grounds look like one."""

Ground = Literal["band", "paper", "white", "ink"]


class Logo(Struct, frozen=True, kw_only=True):
    """A logo, and its ``shades``, None where they are not known."""

    image: Image
    shades: Shades | None = None


class Masthead(Struct, frozen=True, kw_only=True):
    """The logo as it is shown, None for none, and its ground.

    The ``band`` has the brand's colour. ``paper`` is white, and dark in the dark; ``white`` and
    ``ink`` are white and black in both.
    """

    ground: Ground
    logo: Picture | None = None
    small: Picture | None = None


def masthead(logos: Sequence[Logo], colours: Palette, pictures: Pictures) -> Masthead:
    """Return the masthead for ``logos``: the one for dark grounds, if there is one, before the other.

    The brand's band is taken where a logo is seen on it, in light and in dark; then white paper,
    which turns dark in the dark unless the logo would be lost there.
    """
    light, dark = colours.light, colours.dark
    grounds: dict[Ground, tuple[str, ...]] = {
        "band": (light.band, dark.band),
        "paper": (light.surface, dark.surface),
        "white": (light.surface,),
        "ink": ("#000000",),
    }
    for ground, where in grounds.items():
        for logo in logos:
            if all(_is_seen(logo.shades, each) for each in where):
                return _with(logo, ground, pictures)
    if not logos:
        return Masthead(ground="band")
    solid = logos[-1].shades is not None and logos[-1].shades.solid
    return _with(logos[-1], "paper" if solid else "white", pictures)


def _is_seen(shades: Shades | None, ground: str) -> bool:
    """Say whether a logo stands out from ``ground``; one without a hole must melt into it."""
    if shades is None or not shades.colours:
        return False
    if shades.solid:
        return contrast(shades.colours[0][0], ground) < _SAME
    seen = (share for shade, share in shades.colours if contrast(shade, ground) >= _SEEN)
    return sum(seen) >= _ENOUGH


def _with(logo: Logo, ground: Ground, pictures: Pictures) -> Masthead:
    image = logo.image
    if not image.width or not image.height:
        return Masthead(ground=ground)
    width = min(WIDEST, max(1, round(image.width * HEIGHT / image.height)))
    shown = pictures.shown(image, width, clear=True)
    if shown is None:
        return Masthead(ground="band")
    small = Picture(
        src=shown.src,
        alt=shown.alt,
        width=max(1, round(shown.width * _SMALL)),
        height=max(1, round((shown.height or HEIGHT) * _SMALL)),
    )
    return Masthead(ground=ground, logo=shown, small=small)
