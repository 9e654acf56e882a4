"""The brand's two colours -> every colour of pages and letters, each pair readable.

Lightness moves in OKLCH (Björn Ottosson's OKLab in polar form), where hue holds still; contrast is
WCAG 2.2's ratio. Colours are ``#rrggbb`` in lower case.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from msgspec import Struct

from newsfeed.config import FILE, Brand
from newsfeed.diagnostics import Diagnostic, diagnostic

LABELS = 4
"""How many colours categories have between them."""
TEXT_RATIO = 4.5
"""The contrast that WCAG 2.2 §1.4.3 asks of text of any size."""


class Scheme(Struct, frozen=True, kw_only=True):
    """The colours of one appearance, light or dark.

    ``text``, ``heading``, ``muted``, ``link`` and ``label`` reach 4.5:1 on ``page``, ``surface``
    and ``tint``; ``on_accent`` does on ``accent`` and ``accent_hover``, ``on_band`` and
    ``on_band_muted`` on ``band``. ``labels`` are those of categories, the first being ``label``. ``edge`` is the border of what ``accent`` fills: its own colour, unless that is lost on ``surface``.
    ``mark`` (small ornaments) and ``rule`` (hairlines) bear no text.
    """

    page: str
    surface: str
    tint: str
    text: str
    heading: str
    muted: str
    link: str
    label: str
    labels: tuple[str, ...]
    accent: str
    accent_hover: str
    on_accent: str
    band: str
    on_band: str
    on_band_muted: str
    edge: str
    mark: str
    rule: str


class Palette(Struct, frozen=True, kw_only=True):
    """A brand's colours on paper and in the dark."""

    light: Scheme
    dark: Scheme


_LOST = 1.5
"""The contrast below which a filled button is lost on its ground."""
_APART = math.cos(math.radians(35))
"""Hues nearer to each other than that look alike."""


def palette(brand: Brand) -> Palette:
    """Return the colours that ``brand.accent`` and ``brand.highlight`` lead to."""
    return Palette(light=_light(brand), dark=_dark(brand))


def check(brand: Brand, text: str = "") -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each of the brand's colours that has too little contrast for text.

    ``text`` is what newsfeed.toml says, to find the line.
    """
    light = palette(brand).light
    found = []
    for key, given, used in (
        ("accent", brand.accent, light.link),
        ("highlight", brand.highlight, light.label),
    ):
        if given != used:
            lines = text.splitlines()
            place = [n for n, line in enumerate(lines, 1) if re.match(rf"\s*{key}\s*=", line)]
            found.append(
                diagnostic(
                    "brand-contrast",
                    FILE,
                    place[0] if place else 1,
                    key=f"brand.{key}",
                    colour=given,
                    used=used,
                    ratio=f"{contrast(given, light.surface):.1f}",
                )
            )
    return tuple(found)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, on: Iterable[str], ratio: float = TEXT_RATIO) -> str:
    """Return ``colour``, darker or lighter until it reaches ``ratio`` on each of ``on``.

    It keeps its hue, and is returned as given where it is readable already; black or white is the
    answer where nothing between them is.
    """
    grounds = tuple(on)

    def holds(candidate: str) -> bool:
        return all(contrast(candidate, ground) >= ratio for ground in grounds)

    if holds(colour):
        return colour
    lightness, chroma, hue = _oklch(colour)
    for step in range(1, 101):
        for moved in (lightness - step / 100, lightness + step / 100):
            if 0 <= moved <= 1 and holds(candidate := _hex(moved, chroma, hue)):
                return candidate
    return max(("#000000", "#ffffff"), key=lambda each: min(contrast(each, g) for g in grounds))


def _light(brand: Brand) -> Scheme:
    _, chroma, hue = _oklch(brand.accent)
    hint = min(chroma, 0.06)
    grounds = (
        _hex(0.962, hint * 0.09, hue),
        "#ffffff",
        _hex(0.972, hint * 0.12, hue),
    )
    link = readable(brand.accent, grounds)
    on_accent, hover = _filled(brand.accent)
    accent_edge = _edge(brand.accent, on_accent, grounds[1])
    return Scheme(
        page=grounds[0],
        surface=grounds[1],
        tint=grounds[2],
        text=readable(_hex(0.30, hint * 0.25, hue), grounds, 7),
        heading=readable(_hex(0.22, hint * 0.45, hue), grounds, 7),
        muted=readable(_hex(0.48, hint * 0.3, hue), grounds),
        link=link,
        label=(label := readable(brand.highlight, grounds)),
        labels=_labels(label, brand.accent, grounds, 0.46),
        accent=brand.accent,
        accent_hover=hover,
        on_accent=on_accent,
        edge=accent_edge,
        mark=brand.highlight,
        rule=_hex(0.88, hint * 0.2, hue),
        **_band(brand.accent),
    )


def _dark(brand: Brand) -> Scheme:
    lightness, chroma, hue = _oklch(brand.accent)
    hint = min(chroma, 0.06)
    grounds = (
        _hex(0.175, hint * 0.2, hue),
        _hex(0.215, hint * 0.25, hue),
        _hex(0.265, hint * 0.35, hue),
    )
    accent = _hex(max(lightness, 0.80), min(chroma, 0.10), hue)
    mark_lightness, mark_chroma, mark_hue = _oklch(brand.highlight)
    mark = _hex(max(mark_lightness, 0.76), mark_chroma, mark_hue)
    on_accent, hover = _filled(accent)
    accent_edge = _edge(accent, on_accent, grounds[1])
    return Scheme(
        page=grounds[0],
        surface=grounds[1],
        tint=grounds[2],
        text=readable(_hex(0.90, hint * 0.1, hue), grounds, 7),
        heading=readable(_hex(0.97, hint * 0.05, hue), grounds, 7),
        muted=readable(_hex(0.74, hint * 0.2, hue), grounds),
        link=readable(_hex(max(lightness, 0.82), min(chroma, 0.11), hue), grounds),
        label=(label := readable(mark, grounds)),
        labels=_labels(label, brand.accent, grounds, 0.80),
        accent=accent,
        accent_hover=hover,
        on_accent=on_accent,
        edge=accent_edge,
        mark=mark,
        rule=_hex(0.36, hint * 0.35, hue),
        **_band(_hex(min(lightness, 0.40), chroma, hue)),
    )


def _edge(accent: str, on_accent: str, ground: str) -> str:
    return accent if contrast(accent, ground) >= _LOST else on_accent


def _labels(label: str, accent: str, grounds: tuple[str, ...], lightness: float) -> tuple[str, ...]:
    """Return the colours of categories: ``label``, then hues a quarter turn apart from the accent's.

    A hue that is too near to the label's gives way by half a turn's third, so that no two look alike.
    """
    _, chroma, hue = _oklch(accent)
    _, _, taken = _oklch(label)
    strength = min(max(chroma, 0.10), 0.14)
    found = [label]
    for turn in (0.0, 0.25, 0.5, 0.75):
        angle = hue + 2 * math.pi * turn
        if math.cos(angle - taken) < _APART and len(found) < LABELS:
            found.append(readable(_hex(lightness, strength, angle), grounds))
    return tuple(found)


def _filled(accent: str) -> tuple[str, str]:
    """Return (what is written on ``accent``, what ``accent`` turns to under the pointer)."""
    lightness, chroma, hue = _oklch(accent)
    paper, ink = "#ffffff", _hex(0.19, min(chroma, 0.04), hue)
    on = paper if contrast(paper, accent) >= TEXT_RATIO else ink
    on = readable(on, (accent,))
    away = -0.06 if contrast("#ffffff", on) < contrast("#000000", on) else 0.06
    hover = _hex(min(max(lightness + away, 0), 1), chroma, hue)
    return on, hover if contrast(on, hover) >= TEXT_RATIO else accent


def _band(ground: str) -> dict[str, str]:
    """Return the colours of a broad surface filled with the brand's colour."""
    on, _ = _filled(ground)
    lightness, chroma, _ = _oklch(on)
    towards, strength, hue = _oklch(ground)
    softer = _hex(lightness + (towards - lightness) * 0.18, max(chroma, strength * 0.35), hue)
    return {"band": ground, "on_band": on, "on_band_muted": readable(softer, (ground,))}


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    """Return the channels without their gamma, 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return red, green, blue


def _oklch(colour: str) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (radians)."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _hex(lightness: float, chroma: float, hue: float) -> str:
    """Return the colour, with less chroma where the screen cannot show as much."""
    for _ in range(24):
        channels = _rgb(lightness, chroma, hue)
        if all(-0.0005 <= c <= 1.0005 for c in channels):
            break
        chroma *= 0.85
    else:
        channels = _rgb(lightness, 0, hue)
    return "#" + "".join(f"{round(min(max(_gamma(c), 0), 1) * 255):02x}" for c in channels)


def _rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _gamma(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * max(channel, 0)
    return float(1.055 * channel ** (1 / 2.4) - 0.055)
